// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What stat(2) says about a file that is not a directory. Unlike size and modification time, the
 * change time cannot be set back by anyone who edits the file, nor does it survive a rename over
 * it.
 *
 * @param type what the path is, without following it
 * @param size in bytes
 * @param modified modification time in nanoseconds of the epoch
 * @param changed change time of the inode, likewise
 * @param inode its number
 */
record FileStamp(Type type, long size, long modified, long changed, long inode) {
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino";

  /** What a path is. */
  enum Type {
    REGULAR,
    DIRECTORY,
    SYMBOLIC_LINK,
    OTHER
  }

  /** Asks the file system, without following a symbolic link. */
  static FileStamp of(Path path) throws IOException {
    Map<String, Object> stat = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return new FileStamp(
        type((Integer) value(stat, "mode")),
        (Long) value(stat, "size"),
        ((FileTime) value(stat, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
        ((FileTime) value(stat, "ctime")).to(TimeUnit.NANOSECONDS),
        (Long) value(stat, "ino"));
  }

  private static Object value(Map<String, Object> stat, String name) {
    return Objects.requireNonNull(stat.get(name), name);
  }

  private static Type type(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> Type.REGULAR;
      case 0040000 -> Type.DIRECTORY;
      case 0120000 -> Type.SYMBOLIC_LINK;
      default -> Type.OTHER;
    };
  }
}
