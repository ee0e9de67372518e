// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes facts as bytes: variable-length integers, each distinct string once. */
public final class FactsWriter {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private final Map<String, Integer> strings = new HashMap<>();
  private final ByteArrayOutputStream table = new ByteArrayOutputStream(1024);

  public void number(int value) {
    number(body, value);
  }

  private static void number(ByteArrayOutputStream out, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  public void text(String value) {
    Integer known = strings.get(value);
    if (known == null) {
      known = strings.size();
      strings.put(value, known);
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      number(table, bytes.length);
      table.writeBytes(bytes);
    }
    number(known);
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
    ByteArrayOutputStream all = new ByteArrayOutputStream(table.size() + body.size() + 8);
    number(all, strings.size());
    all.writeBytes(table.toByteArray());
    all.writeBytes(body.toByteArray());
    return all.toByteArray();
  }
}
