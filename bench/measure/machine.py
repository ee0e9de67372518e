# SPDX-License-Identifier: Apache-2.0
"""What has to be known of a machine to make sense of a figure."""

import os
import platform
import re
import subprocess


def facts():
    """The facts as (name, value), in the order to show them."""
    return [
        ("CPU", f"{_cpu()}, {cores()} cores"),
        ("memory", _memory()),
        ("kernel", f"{platform.system()} {platform.release()}"),
        ("JDK", _first_line(["java", "-version"])),
    ]


def cores():
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def load():
    """What else goes on: the load average of the last minute."""
    return os.getloadavg()[0]


def version(argv):
    """The first line that a tool says of itself, without what comes behind its version."""
    line = _first_line(argv)
    return re.split(r",|\(| compiled ", line)[0].strip()


def checkout(home):
    """The commit of a checkout, marked if there is more than that in it."""
    return _first_line(["git", "-C", home, "describe", "--always", "--dirty"])


def _cpu():
    return _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _memory():
    kilobytes = _field("/proc/meminfo", "MemTotal")
    return f"{int(kilobytes.split()[0]) / (1 << 20):.1f} GiB" if kilobytes else "unknown"


def _field(file, name):
    try:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(name):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return ""


def _first_line(argv):
    try:
        told = subprocess.run(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=60, check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    lines = told.stdout.decode(errors="replace").splitlines()
    return lines[0].strip() if lines else "unknown"
