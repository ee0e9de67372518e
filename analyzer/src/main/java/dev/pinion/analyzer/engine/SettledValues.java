// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.Moves;
import dev.pinion.analyzer.link.ValueCodec;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a whole tree and what was looked up in them, as bytes by their names: a later state
 * takes one from here as long as it is not another there.
 */
final class SettledValues {
  static final SettledValues NONE = new SettledValues(Map.of());

  private final Map<Long, byte[]> values;

  private SettledValues(Map<Long, byte[]> values) {
    this.values = values;
  }

  /** Those that can be written. */
  static SettledValues of(Map<Long, Object> values) {
    Map<Long, byte[]> all = new HashMap<>();
    values.forEach((name, value) -> ValueCodec.encode(value).ifPresent(b -> all.put(name, b)));
    return new SettledValues(all);
  }

  /**
   * A value.
   *
   * @param moves of the files that have become others since
   * @return empty if it is not known, or not sure where something of it is now
   */
  Optional<Object> find(long name, Map<String, Moves> moves) {
    return Optional.ofNullable(values.get(name)).flatMap(bytes -> ValueCodec.decode(bytes, moves));
  }

  byte[] encode() {
    int size = Integer.BYTES;
    for (byte[] value : values.values()) {
      size += Long.BYTES + Integer.BYTES + value.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).putInt(values.size());
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> out.putLong(e.getKey()).putInt(e.getValue().length).put(e.getValue()));
    return out.array();
  }

  static SettledValues decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int count = in.getInt();
    Map<Long, byte[]> values = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      long name = in.getLong();
      byte[] value = new byte[in.getInt()];
      in.get(value);
      values.put(name, value);
    }
    return new SettledValues(values);
  }
}
