// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes facts as bytes: variable-length integers, each distinct string once. */
public final class FactsWriter {
  private final Bytes body = new Bytes();
  private final Bytes table = new Bytes();
  private final Map<String, Integer> strings = new HashMap<>();

  /** Bytes that grow, without the locks of {@link java.io.ByteArrayOutputStream}. */
  private static final class Bytes {
    private byte[] bytes = new byte[1024];
    private int length;

    void number(int value) {
      reserve(5);
      int rest = value;
      while ((rest & ~0x7f) != 0) {
        bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
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
    Integer known = strings.get(value);
    if (known == null) {
      known = strings.size();
      strings.put(value, known);
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      table.number(bytes.length);
      table.add(bytes, bytes.length);
    }
    number(known);
  }

  /**
   * Writes a value in full where it comes first, and from then on as a number.
   *
   * @param seen the values written so far; one map for each sort of value
   * @param write writes a value, and none of its own sort within
   */
  <T> void once(Map<T, Integer> seen, T value, Consumer<T> write) {
    Integer known = seen.get(value);
    if (known == null) {
      number(seen.size());
      seen.put(value, seen.size());
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

  public <T> void list(Collection<T> items, Consumer<T> each) {
    number(items.size());
    items.forEach(each);
  }

  public byte[] toBytes() {
    Bytes all = new Bytes();
    all.reserve(table.length + body.length + 8);
    all.number(strings.size());
    all.add(table.bytes, table.length);
    all.add(body.bytes, body.length);
    return Arrays.copyOf(all.bytes, all.length);
  }
}
