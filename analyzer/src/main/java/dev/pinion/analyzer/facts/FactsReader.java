// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads what {@link FactsWriter} wrote. */
public final class FactsReader {
  private final byte[] bytes;
  private final String[] strings;
  private int at;

  /**
   * @param sharing keeps each distinct string once, across files
   */
  public FactsReader(byte[] bytes, Sharing sharing) {
    this.bytes = bytes;
    strings = new String[number()];
    for (int i = 0; i < strings.length; i++) {
      int length = number();
      strings[i] = sharing.one(new String(bytes, at, length, StandardCharsets.UTF_8));
      at += length;
    }
  }

  public int number() {
    int value = 0;
    int shift = 0;
    while (true) {
      byte b = bytes[at++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  /** Reads a number that {@link FactsWriter#fixed} wrote. */
  public int fixed() {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      value |= (bytes[at++] & 0xff) << shift;
    }
    return value;
  }

  long wide() {
    long high = number();
    return high << 32 | (number() & 0xffffffffL);
  }

  CType type(CType.Kind[] kinds) {
    return new CType(constant(kinds), text(), number(), number());
  }

  Step step() {
    return switch (number()) {
      case 0 -> new Step.Arrow(text());
      case 1 -> new Step.Dot(text());
      case 2 -> new Step.Deref();
      default -> new Step.Index();
    };
  }

  public String text() {
    return strings[number()];
  }

  /** Reads a value that {@link FactsWriter#once} wrote; {@code seen} is what was read so far. */
  <T> T once(List<T> seen, Supplier<T> read) {
    int index = number();
    if (index == seen.size()) {
      seen.add(read.get());
    }
    return seen.get(index);
  }

  public <E extends Enum<E>> E constant(E[] values) {
    return values[number()];
  }

  public <T> List<T> list(Supplier<T> each) {
    int size = number();
    if (size == 0) {
      return List.of();
    }
    List<T> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(each.get());
    }
    return items;
  }

  boolean atEnd() {
    return at == bytes.length;
  }
}
