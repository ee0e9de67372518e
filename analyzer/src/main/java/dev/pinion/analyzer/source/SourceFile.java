// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.Optional;

/**
 * One file of a tree, as it was when the tree was listed.
 *
 * @param path from the tree's root, with {@code /} between names. Bytes of a name that are not
 *     UTF-8 are shown as {@code \xNN}
 * @param blobId the id of its content
 * @param size in bytes, or {@link #UNKNOWN_SIZE} where only opening the object would tell (git
 *     trees do not record sizes)
 * @param kind what its name says it is
 */
public record SourceFile(String path, BlobId blobId, long size, Kind kind) {
  /** The size of a file whose source does not say how large it is before it is read. */
  public static final long UNKNOWN_SIZE = -1;

  /** The folder of a tree's own files for Pinion; the only hidden one that is looked into. */
  static final String OWN_FOLDER = ".pinion";

  /** A tree's own rows on how its structs are counted. */
  public static final String COUNTED_ROWS = OWN_FOLDER + "/counted.rows";

  /** What a file is to the analysis, judged by its name alone. */
  public enum Kind {
    /** {@code *.c}, {@code *.c_shipped}. */
    C,
    /** {@code *.h}, {@code *.h_shipped}. */
    HEADER,
    /** {@code Makefile*}, {@code Kbuild*}: which objects make up which module. */
    KBUILD,
    /** {@code Kconfig*}. */
    KCONFIG,
    /** {@link #COUNTED_ROWS}: what people tell us of the tree. */
    ROWS;

    /**
     * The kind of the file with this path from the tree's root; empty if it is none of ours. Hidden
     * files and those in hidden folders are none: in a kernel tree builds ({@code .tmp_versions})
     * and patch tools ({@code .pc}, with a copy of each original) leave them behind.
     */
    public static Optional<Kind> of(String path) {
      if (path.equals(COUNTED_ROWS)) {
        return Optional.of(ROWS);
      }
      if (path.startsWith(".") || path.contains("/.")) {
        return Optional.empty();
      }
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.endsWith(".c") || name.endsWith(".c_shipped")) {
        return Optional.of(C);
      }
      if (name.endsWith(".h") || name.endsWith(".h_shipped")) {
        return Optional.of(HEADER);
      }
      if (name.startsWith("Makefile") || name.startsWith("Kbuild")) {
        return Optional.of(KBUILD);
      }
      return name.startsWith("Kconfig") ? Optional.of(KCONFIG) : Optional.empty();
    }

    /** Whether files of this kind hold C. */
    public boolean isCode() {
      return this == C || this == HEADER;
    }
  }
}
