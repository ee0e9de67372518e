# SPDX-License-Identifier: Apache-2.0
"""A copy of a tree, or of a known part of it, to measure on; and changes to that copy."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from fractions import Fraction

from . import Unusable

SOURCES = (".c", ".h")
BUILD_FILES = ("Makefile", "Kbuild", "Kconfig")


def is_source(name):
    return name.endswith(SOURCES)


def is_build_file(name):
    return name.startswith(BUILD_FILES)


@dataclass(frozen=True)
class Part:
    """Some of a tree's files, by path from its root."""

    root: str
    share: Fraction
    sources: tuple
    others: tuple

    def bytes(self):
        return sum(os.path.getsize(os.path.join(self.root, f)) for f in self.sources)


def folders(root):
    """The regular files of each folder that matter: its C files and those that tell how to build.

    :raises Unusable: if there is no such folder, or no C in it
    """
    if not os.path.isdir(root):
        raise Unusable(f"{root}: not a folder; name a kernel tree")
    found = {}
    problems = []
    for folder, names, files in os.walk(root, onerror=problems.append):
        names[:] = sorted(n for n in names if n != ".git")
        files = [f for f in sorted(files) if is_source(f) or is_build_file(f)]
        files = [f for f in files if not os.path.islink(os.path.join(folder, f))]
        if files:
            found[os.path.relpath(folder, root)] = files
    if problems:
        raise Unusable(f"{problems[0].filename}: {problems[0].strerror}")
    if not any(is_source(f) for files in found.values() for f in files):
        raise Unusable(f"{root}: has no C files")
    return found


def part(root, listing, share):
    """Whole folders' files, until at least that share of all C files is reached. Folders come in the
    order of a checksum of their names: the same ones on every machine, from everywhere in the tree,
    and a smaller part lies within a larger one. The top folder's build files are in every part."""
    total = sum(is_source(f) for files in listing.values() for f in files)
    chosen = []
    count = 0
    for folder in sorted(listing, key=_rank):
        if count >= share * total:
            break
        chosen.append(folder)
        count += sum(is_source(f) for f in listing[folder])
    files = {os.path.normpath(os.path.join(d, f)) for d in chosen for f in listing[d]}
    files |= {f for f in listing.get(".", []) if is_build_file(f)}
    sources = tuple(sorted(f for f in files if is_source(f)))
    return Part(root, share, sources, tuple(sorted(files.difference(sources))))


def _rank(folder):
    return hashlib.sha1(("pinion" + folder).encode()).digest()


def copy(some, target):
    """Copies a part to a folder that is not there yet, and waits until it is on disk. Nothing is
    ever written to the tree itself, nor linked to it: even that would change its files' stat data."""
    size = some.bytes()
    free = shutil.disk_usage(os.path.dirname(target)).free
    if free < size * 2:
        raise Unusable(
            f"{os.path.dirname(target)}: {free >> 20} MiB are free and {size * 2 >> 20} are needed;"
            " set TMPDIR to a folder with more room"
        )
    for file in some.sources + some.others:
        to = os.path.join(target, file)
        os.makedirs(os.path.dirname(to), exist_ok=True)
        shutil.copyfile(os.path.join(some.root, file), to)
    os.sync()


def read_all(root, files):
    """Reads files and forgets them, so that the first tool finds them in the page cache as the last
    one does."""
    for file in files:
        with open(os.path.join(root, file), "rb") as f:
            while f.read(1 << 20):
                pass


class Changes:
    """Within its ``with``, some files of a copy are changed: a comment moves all but the first lines
    and a function comes at the end. Which files is a matter of their names alone, so that the files
    of a smaller number are among those of a larger one.

    :param turn: makes the new text one that no earlier turn had
    """

    def __init__(self, root, sources, number, turn):
        self.root = root
        self.files = sorted(sources, key=_rank)[:number]
        self.turn = turn
        self.before = {}

    def __enter__(self):
        for i, file in enumerate(self.files):
            path = os.path.join(self.root, file)
            with open(path, "rb") as f:
                self.before[path] = f.read()
            comment = f"/* Turn {self.turn}. */\n".encode()
            function = (
                f"\nstatic inline int changed_in_turn_{self.turn}_{i}(int value)\n"
                "{\n\treturn value + 1;\n}\n"
            ).encode()
            _write(path, comment + self.before[path] + function)
        return self

    def __exit__(self, *_):
        for path, content in self.before.items():
            _write(path, content)
        return False


def _write(path, content):
    with open(path, "wb") as f:
        f.write(content)
