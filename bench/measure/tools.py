# SPDX-License-Identifier: Apache-2.0
"""The tools that are run beside Pinion on the same files."""

import glob
import os
import re
import shutil
import subprocess

from . import Unusable, child, machine
from .rounds import Row

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATCHES = sorted(glob.glob(os.path.join(BENCH, "spatch", "*.cocci")))

# The names that the rules look for first: what one would search by hand.
PATTERN = r"\b(h?list(_bl|_nulls)?_(add|del)\w*_rcu|list_del(_init)?|symbol_(get|put|request))\b"

# Tool to Debian package.
PACKAGES = {"ctags": "universal-ctags", "rg": "ripgrep", "spatch": "coccinelle", "sparse": "sparse"}


class Tool(Row):
    """A tool of the distribution."""

    tool = ""

    def __init__(self, tree, sources, work):
        self.tree = tree
        self.sources = sources
        self.out = os.path.join(work, self.tool)

    def missing(self):
        if shutil.which(self.tool):
            return ""
        package = PACKAGES[self.tool]
        return f"{self.tool} is not installed (Debian: apt install {package}, or --install)"

    def version(self):
        told = machine.version([self.tool, "--version"])
        return f"{self.tool} {told}" if told[:1].isdigit() else told


class Ctags(Tool):
    """An index of tags, as ctags makes it unless told otherwise; headers are C."""

    name = tool = "ctags"

    def missing(self):
        absent = super().missing()
        if not absent and not self.version().startswith("Universal Ctags"):
            absent = "this ctags is not universal-ctags (Debian: apt install universal-ctags)"
        return absent

    def measure(self, turn):
        files = self.out + ".files"
        with open(files, "w", encoding="utf-8", errors="surrogateescape") as out:
            out.writelines(file + "\n" for file in self.sources)
        argv = ["ctags", "--langmap=c:.c.h", "-f", self.out + ".tags", "-L", files]
        return child.run(argv, cwd=self.tree)

    def found(self):
        return f"{_lines(self.out + '.tags', lambda line: not line.startswith(b'!_')):,} tags"


class Ripgrep(Tool):
    """A search for the names that the rules look for first."""

    name = tool = "rg"

    def measure(self, turn):
        argv = ["rg", "--no-config", "--no-ignore", "--hidden", "-g", "*.[ch]", "-n", PATTERN, "."]
        return child.run(argv, fine=(0, 1), out=self.out, cwd=self.tree)

    def found(self):
        return f"{_lines(self.out):,} lines"


class Spatch(Tool):
    """Semantic patches that ask what four of the rules ask, as far as one file can tell."""

    name = "spatch, 4 of the rules"
    tool = "spatch"

    def measure(self, turn):
        cost = child.NOTHING
        for i, patch in enumerate(PATCHES):
            argv = [
                "spatch", "--very-quiet", "--no-includes", "--include-headers",
                "-j", str(machine.cores()), "--sp-file", patch, "--dir", ".",
            ]
            cost += child.run(argv, out=f"{self.out}.{i}", cwd=self.tree)
        return cost

    def found(self):
        places = sum(_lines(f"{self.out}.{i}", _is_marked) for i in range(len(PATCHES)))
        return f"{places:,} marked line{'' if places == 1 else 's'}"


def _is_marked(line):
    return line.startswith(b"-") and not line.startswith(b"---")


class Sparse(Tool):
    """Sparse needs the compiler's options for each file, which a built kernel has beside its objects:
    it checks those of the files that the tree, not the copy, has been built with."""

    name = tool = "sparse"

    def __init__(self, origin, sources, work):
        super().__init__(origin, sources, work)
        self.commands = [c for c in (self._command(f) for f in sources if f.endswith(".c")) if c]

    def _command(self, source):
        """Its compiler's command with sparse instead and without outputs, or None."""
        folder, name = os.path.split(os.path.join(self.tree, source))
        try:
            with open(os.path.join(folder, f".{name[:-2]}.o.cmd"), encoding="utf-8") as saved:
                line = saved.readline()
        except OSError:
            return None
        # The line is for make: objtool may come behind a semicolon, and make's own signs are quoted.
        compile_it = line.partition(" := ")[2].partition(";")[0].strip()
        options = compile_it.partition(" ")[2].replace("$(pound)", "#").replace("$$", "$")
        if not options.endswith(" " + source):
            return None
        options = re.sub(r"(^| )(-c|-o \S+|-Wp,-M\S+)(?= )", "", options)
        return f"sparse -Wno-unknown-attribute {options}"

    def missing(self):
        if not self.commands:
            return "not built: sparse needs a kernel configured and compiled in its own folder"
        return super().missing()

    def measure(self, turn):
        # Options are quoted for a shell. What sparse complains about is not a failure of the bench.
        script = self.out + ".sh"
        with open(script, "w", encoding="utf-8") as out:
            out.writelines(command + " 2>&1 || true\n" for command in self.commands)
        return child.run(["sh", script], out=self.out, cwd=self.tree)

    def found(self):
        complaints = _lines(self.out, lambda line: b": warning: " in line or b": error: " in line)
        return f"{complaints:,} complaints about {len(self.commands):,} built files"


def _lines(file, counts=lambda line: True):
    with open(file, "rb") as lines:
        return sum(1 for line in lines if counts(line))


def install(tools):
    """Installs the packages of tools that are not there, from Debian.

    :raises Unusable: if that fails
    """
    packages = [PACKAGES[t] for t in tools if not shutil.which(t)]
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise Unusable(f"--install: there is no apt-get here; install {' '.join(packages)} yourself")
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    argv = root + ["apt-get", "install", "-y", "--no-install-recommends"] + packages
    if subprocess.run(argv, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        raise Unusable(f"--install: '{' '.join(argv)}' failed; try apt-get update before")
