// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlobIdTest {
  private static final String LOW = "00ff000000000000000000000000000000000001";
  private static final String HIGH = "ff00000000000000000000000000000000000000";

  @Test
  void isWhatGitComputes() {
    assertEquals("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", BlobId.of(new byte[0]).hex());
    byte[] hello = "hello\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals("ce013625030ba8dba906f756967f9e9ca394464a", BlobId.of(hello).hex());
  }

  @Test
  void survivesHexAndBytes() {
    for (String hex : new String[] {LOW, HIGH, "0123456789abcdef0123456789abcdef01234567"}) {
      BlobId id = BlobId.fromHex(hex);
      ByteBuffer bytes = ByteBuffer.allocate(BlobId.BYTES);
      id.writeTo(bytes);
      assertEquals(hex, id.hex());
      assertEquals(id, BlobId.from(bytes.flip()));
    }
  }

  @Test
  void ordersBytesAsUnsignedNumbers() {
    String middle = "0000000000000000ff0000000000000000000000";
    assertEquals(
        Stream.of(HIGH, middle, LOW).sorted().toList(),
        Stream.of(HIGH, middle, LOW).map(BlobId::fromHex).sorted().map(BlobId::hex).toList());
    assertTrue(BlobId.fromHex(LOW).compareTo(BlobId.fromHex(HIGH)) < 0);
  }

  @Test
  void rejectsOtherText() {
    assertThrows(IllegalArgumentException.class, () -> BlobId.fromHex("0123"));
    assertThrows(IllegalArgumentException.class, () -> BlobId.fromHex(LOW.replace('f', 'x')));
  }
}
