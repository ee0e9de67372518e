# SPDX-License-Identifier: Apache-2.0
"""What a process and its children cost, as the kernel accounts for it."""

import os
import resource
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """CPU (user and system) and wall time in seconds; peak resident memory of the largest process,
    in bytes."""

    cpu: float
    wall: float
    resident: int

    def __add__(self, later):
        """Of two processes one after the other."""
        return Cost(
            self.cpu + later.cpu, self.wall + later.wall, max(self.resident, later.resident)
        )


NOTHING = Cost(0.0, 0.0, 0)


class Failed(Exception):
    """A measured command ended with a status that it must not end with."""


def resident_floor():
    """No child is accounted less than this, in bytes: it starts as a copy of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run(argv, fine=(0,), out=os.devnull, cwd=None):
    """Runs a command to its end.

    CPU is that of the process and of all descendants that were waited for. An interruption ends the
    command's whole process group and is passed on.

    :param fine: the exit statuses that are no failure
    :param out: the file for its standard output
    :raises Failed: if it cannot be started or ends otherwise; says its last line of complaint
    """
    with open(out, "wb") as stdout, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        try:
            # A group of its own, so that all of it can be ended.
            child = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=stdout, stderr=err, cwd=cwd,
                start_new_session=True,
            )
        except OSError as e:
            raise Failed(f"{argv[0]}: {e.strerror}") from e
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        wall = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in fine:
            raise Failed(f"{argv[0]} ended with {child.returncode}: {_last_line(err)}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def _last_line(err):
    err.seek(0)
    lines = err.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no reason given"
