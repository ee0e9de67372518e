// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.query.Digest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Numbers for values that are made of records, collections, texts and numbers: tables of the whole
 * tree. Places in files that have become others since an earlier state count as where they were
 * then, as far as nothing has changed its place with anything else; so the number of a value that
 * is the same but for where its files' lines stand is what it was.
 */
final class ValueDigest implements Digest {
  private final Map<String, Moves> moves;

  /**
   * @param moves where lines are now, of the files that have become others
   */
  ValueDigest(Map<String, Moves> moves) {
    this.moves = moves;
  }

  @Override
  public OptionalLong of(Object value) {
    try {
      return OptionalLong.of(number(value, Optional.empty()));
    } catch (RecordShape.UnknownValue e) {
      return OptionalLong.empty();
    }
  }

  /**
   * @param file of which positions are
   */
  private long number(Object value, Optional<String> file) {
    if (value instanceof String text) {
      return text(text);
    } else if (value instanceof Integer || value instanceof Boolean || value instanceof Enum<?>) {
      return text(value.toString());
    } else if (value instanceof Class<?> type) {
      return text(type.getName());
    } else if (value instanceof FunctionRef function) {
      return function(function);
    } else if (value instanceof Position position) {
      return position(position, file);
    } else if (value instanceof Location location) {
      Position position = new Position(location.line(), location.column());
      return mix(text(location.file()), position(position, Optional.of(location.file())));
    } else if (value instanceof Record) {
      return parts(value, file);
    } else if (value instanceof Optional<?> one) {
      return one.isPresent() ? mix(1, number(one.get(), file)) : 1;
    } else if (value instanceof OptionalInt one) {
      return one.isPresent() ? mix(2, one.getAsInt()) : 2;
    } else if (value instanceof Map<?, ?> map) {
      long sum = 3;
      for (Map.Entry<?, ?> e : map.entrySet()) {
        sum += mix(number(e.getKey(), file), number(e.getValue(), file));
      }
      return mix(sum, map.size());
    } else if (value instanceof Set<?> set) {
      long sum = 4;
      for (Object one : set) {
        sum += mix(5, number(one, file));
      }
      return mix(sum, set.size());
    } else if (value instanceof Collection<?> list) {
      long number = 6;
      for (Object one : list) {
        number = mix(number, number(one, file));
      }
      return mix(number, list.size());
    }
    throw new RecordShape.UnknownValue(value.getClass().getName());
  }

  private long parts(Object value, Optional<String> outer) {
    RecordShape shape = RecordShape.of(value.getClass());
    Optional<String> file = shape.fileOf(value, outer);
    long number = text(shape.type().getName());
    for (int i = 0; i < shape.components().size(); i++) {
      number = mix(number, number(shape.get(i, value), file));
    }
    return number;
  }

  private long function(FunctionRef function) {
    Moves moved = moves.get(function.file());
    int index = moved == null ? function.index() : moved.indexBefore(function.index());
    return mix(mix(text(function.file()), text(function.name())), index);
  }

  /** A place that was not there before is none of those that were. */
  private long position(Position position, Optional<String> file) {
    int line = position.line();
    if (line != 0 && !moves.isEmpty()) {
      if (file.isEmpty()) {
        line = Moves.NOWHERE;
      } else {
        Moves moved = moves.get(file.get());
        line = moved == null ? line : moved.lineBefore(line);
      }
    }
    return mix(mix(7, line), position.column());
  }

  private static long text(String text) {
    long number = 8;
    for (int i = 0; i < text.length(); i++) {
      number = (number ^ text.charAt(i)) * 0x100000001b3L;
      number ^= number >>> 32;
    }
    return number;
  }

  private static long mix(long a, long b) {
    long z = (a * 31 + b) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    return z ^ (z >>> 27);
  }
}
