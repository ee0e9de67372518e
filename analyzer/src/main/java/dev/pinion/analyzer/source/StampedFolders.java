// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which names an earlier listing found in each folder, with the stat data that the folder had then:
 * whatever adds, removes or renames an entry sets its times. So a walk need not read a folder
 * again, nor ask of names that cannot be sources whether they are folders.
 */
final class StampedFolders {
  private final ByteBuffer bytes;
  private final StampedRows rows;

  private StampedFolders(ByteBuffer bytes, StampedRows rows) {
    this.bytes = bytes;
    this.rows = rows;
  }

  /**
   * What is in a folder, but for names that neither are folders nor can be sources.
   *
   * @param folders names of folders, whose names no source has
   * @param others names that a source may have, whatever they are
   */
  record Names(List<String> folders, List<String> others) {
    Names {
      folders = List.copyOf(folders);
      others = List.copyOf(others);
    }

    private String text() {
      StringBuilder all = new StringBuilder();
      folders.forEach(name -> all.append(name).append("/\n"));
      others.forEach(name -> all.append(name).append('\n'));
      return all.toString();
    }

    private static Names of(String text) {
      List<String> folders = new ArrayList<>();
      List<String> others = new ArrayList<>();
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        if (text.charAt(end - 1) == '/') {
          folders.add(text.substring(from, end - 1));
        } else {
          others.add(text.substring(from, end));
        }
        from = end + 1;
      }
      return new Names(folders, others);
    }

    private boolean arePlain() {
      return Stream.concat(folders.stream(), others.stream())
          .allMatch(name -> PathText.isPlain(name) && name.indexOf('\n') < 0);
    }
  }

  /** Nothing is known. */
  static StampedFolders none() {
    return new StampedFolders(ByteBuffer.allocate(0), StampedRows.none());
  }

  /** What {@link Row#write} wrote, from where the buffer stands. */
  static StampedFolders read(ByteBuffer in, int count) {
    return new StampedFolders(
        in, StampedRows.read(in, count, b -> b.position(b.getInt() + b.position())));
  }

  /** What was in a folder, if it had exactly this stamp. */
  Optional<Names> in(String folder, FileStamp stamp) {
    int at = rows.find(folder, stamp, Integer.MAX_VALUE);
    if (at < 0 || stamp.type() != FileStamp.Type.DIRECTORY) {
      return Optional.empty();
    }
    byte[] text = new byte[bytes.getInt(at)];
    bytes.get(at + Integer.BYTES, text);
    return Optional.of(Names.of(new String(text, StandardCharsets.US_ASCII)));
  }

  /** A folder as it was found. */
  record Row(FileStamp stamp, Names names) {
    /** Whether this can be written down. */
    boolean isPlain(String folder) {
      return PathText.isPlain(folder) && names.arePlain();
    }

    /** How many bytes this takes. */
    int size(String folder) {
      return StampedRows.size(folder) + Integer.BYTES + names.text().length();
    }

    void write(String folder, ByteBuffer out) {
      StampedRows.write(folder, stamp, out);
      byte[] text = names.text().getBytes(StandardCharsets.US_ASCII);
      out.putInt(text.length).put(text);
    }
  }
}
