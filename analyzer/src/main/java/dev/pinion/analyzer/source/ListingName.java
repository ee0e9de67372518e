// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The name of a tree's listing: of the path and blob id of every file, and of what has none. Names
 * are remembered beside {@link ListingMemory}, whose mark changes when names are made in another
 * way.
 */
final class ListingName {
  private ListingName() {}

  /** A name of 40 hexadecimal digits; linear in the number of files. */
  static String of(SourceTree tree) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
    ByteBuffer id = ByteBuffer.allocate(BlobId.BYTES);
    for (SourceFile file : tree.files()) {
      file.blobId().writeTo(id.clear());
      text.writeBytes(id.array());
      text.writeBytes((file.path() + "\n").getBytes(UTF_8));
    }
    for (SourceProblem problem : tree.problems()) {
      text.writeBytes((problem.path() + "\0" + problem.message() + "\n").getBytes(UTF_8));
    }
    text.writeBytes((tree.files().size() + " files\n").getBytes(UTF_8));
    return BlobId.of(text.toByteArray()).hex();
  }
}
