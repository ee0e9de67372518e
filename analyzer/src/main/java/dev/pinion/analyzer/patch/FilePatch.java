// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import java.util.List;
import java.util.Optional;

/**
 * What a patch does to one file.
 *
 * @param oldName as written, prefix {@code a/} included; empty for a file that is new
 * @param newName empty for a file that goes
 * @param prefix whether the names have a first part that is not theirs
 * @param oldBlob the first digits of the old content's id, from the {@code index} line; empty if
 *     there is none, all zeros for a new file
 * @param form what stands in place of hunks, if anything
 * @param textLine where it starts in the patch's text, from 1
 */
public record FilePatch(
    Optional<String> oldName,
    Optional<String> newName,
    Operation operation,
    Prefix prefix,
    Optional<String> oldBlob,
    Form form,
    List<Hunk> hunks,
    int textLine) {
  /** Copies the hunks. */
  public FilePatch {
    hunks = List.copyOf(hunks);
  }

  /** What happens to the file as a whole. */
  public enum Operation {
    MODIFY,
    CREATE,
    DELETE,
    RENAME,
    COPY
  }

  /** Whether names start with {@code a/} and {@code b/} or the like. */
  public enum Prefix {
    /** As git and {@code diff -r old new} write it. */
    USUAL,
    /** The names of {@code rename} and {@code copy} lines. */
    NONE
  }

  /** What the new content is given as. */
  public enum Form {
    TEXT,
    BINARY,
    /** A symbolic link or a submodule, which no tree of ours lists. */
    LINK
  }

  /** The name for messages: the new one, or the old one of a file that goes. */
  public String name() {
    String name = newName.or(() -> oldName).orElse("");
    return prefix == Prefix.USUAL ? Names.stripped(name) : name;
  }
}
