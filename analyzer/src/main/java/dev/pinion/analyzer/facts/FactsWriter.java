// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Writes facts as bytes: variable-length integers, each distinct string once. */
public final class FactsWriter {
  private final Bytes body = new Bytes();
  private final Bytes table = new Bytes();
  private final Numbering<String> strings = new Numbering<>();

  /** Bytes that grow, without the locks of {@link java.io.ByteArrayOutputStream}. */
  private static final class Bytes {
    private byte[] bytes = new byte[1024];
    private int length;

    void number(int value) {
      reserve(5);
      if ((value & ~0x7f) == 0) {
        bytes[length++] = (byte) value;
        return;
      }
      int rest = value;
      while ((rest & ~0x7f) != 0) {
        bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
    }

    void fixed(int value) {
      reserve(4);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        bytes[length++] = (byte) (value >>> shift);
      }
    }

    /** A text in UTF-8 behind its length; nearly all are ASCII, and no copy is made of those. */
    void text(String value) {
      int start = length;
      int count = value.length();
      number(count);
      reserve(count);
      for (int i = 0; i < count; i++) {
        char c = value.charAt(i);
        if (c >= 0x80) {
          length = start;
          byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
          number(encoded.length);
          add(encoded, encoded.length);
          return;
        }
        bytes[length++] = (byte) c;
      }
    }

    void add(byte[] other, int count) {
      reserve(count);
      System.arraycopy(other, 0, bytes, length, count);
      length += count;
    }

    private void reserve(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
      }
    }
  }

  public void number(int value) {
    body.number(value);
  }

  /** A number of which all bits are used, in four bytes. */
  public void fixed(int value) {
    body.fixed(value);
  }

  /** A number of 64 bits, of either sign. */
  void wide(long value) {
    number((int) (value >>> 32));
    number((int) value);
  }

  void type(CType type) {
    constant(type.kind());
    text(type.name());
    number(type.pointers());
    number(type.arrays());
  }

  void step(Step step) {
    if (step instanceof Step.Arrow a) {
      number(0);
      text(a.name());
    } else if (step instanceof Step.Dot d) {
      number(1);
      text(d.name());
    } else {
      number(step instanceof Step.Deref ? 2 : 3);
    }
  }

  public void text(String value) {
    int known = strings.known(value);
    if (known != Numbering.NEW) {
      number(known);
      return;
    }
    table.text(value);
    number(strings.count() - 1);
  }

  /**
   * Writes a value in full where it comes first, and from then on as a number.
   *
   * @param seen the values written so far; one for each sort of value
   * @param write writes a value, and none of its own sort within
   */
  <T> void once(Numbering<T> seen, T value, Consumer<T> write) {
    int known = seen.known(value);
    if (known == Numbering.NEW) {
      number(seen.count() - 1);
      write.accept(value);
    } else {
      number(known);
    }
  }

  // The ordinal is safe: the facts' version changes with the enum.
  @SuppressWarnings("EnumOrdinal")
  public void constant(Enum<?> value) {
    number(value.ordinal());
  }

  public <T> void list(List<T> items, Consumer<T> each) {
    int size = items.size();
    number(size);
    for (int i = 0; i < size; i++) { // No iterator: most lists have one item or none.
      each.accept(items.get(i));
    }
  }

  public byte[] toBytes() {
    Bytes all = new Bytes();
    all.reserve(table.length + body.length + 8);
    all.number(strings.count());
    all.add(table.bytes, table.length);
    all.add(body.bytes, body.length);
    return Arrays.copyOf(all.bytes, all.length);
  }
}
