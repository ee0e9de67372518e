// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The byte form of values that {@link ValueDigest} can number. They are read as of a later state of
 * the tree: places are where they have moved to since.
 */
public final class ValueCodec {
  /** Nothing else is ever made from what is read. */
  private static final String OURS = "dev.pinion.";

  /** What comes next. */
  private enum Form {
    TEXT,
    NUMBER,
    TRUE,
    FALSE,
    CONSTANT,
    FUNCTION,
    POSITION,
    LOCATION,
    RECORD,
    NOTHING,
    SOMETHING,
    NO_NUMBER,
    SOME_NUMBER,
    SORTED_MAP,
    MAP,
    SORTED_SET,
    SET,
    LIST
  }

  private ValueCodec() {}

  /** A value as bytes; empty if it is made of something else. */
  public static Optional<byte[]> encode(Object value) {
    FactsWriter out = new FactsWriter();
    try {
      write(value, out);
      return Optional.of(out.toBytes());
    } catch (RecordShape.UnknownValue e) {
      return Optional.empty();
    }
  }

  /**
   * The value that is as bytes.
   *
   * @param moves of the files that have become others since
   * @return empty if it is not sure where something of it is now, or the bytes are none of a value
   */
  public static Optional<Object> decode(byte[] bytes, Map<String, Moves> moves) {
    try {
      return Optional.of(
          new Reading(new FactsReader(bytes, Sharing.none()), moves).value(Optional.empty()));
    } catch (RecordShape.UnknownValue | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static void write(Object value, FactsWriter out) {
    if (value instanceof String text) {
      begin(Form.TEXT, out).text(text);
    } else if (value instanceof Integer number) {
      begin(Form.NUMBER, out).number(number);
    } else if (value instanceof Boolean is) {
      begin(is ? Form.TRUE : Form.FALSE, out);
    } else if (value instanceof Enum<?> constant) {
      begin(Form.CONSTANT, out).text(constant.getDeclaringClass().getName());
      out.text(constant.name());
    } else if (value instanceof FunctionRef function) {
      begin(Form.FUNCTION, out).text(function.file());
      out.number(function.index());
      out.text(function.name());
    } else if (value instanceof Position position) {
      begin(Form.POSITION, out).number(position.line());
      out.number(position.column());
    } else if (value instanceof Location location) {
      begin(Form.LOCATION, out).text(location.file());
      out.number(location.line());
      out.number(location.column());
    } else if (value instanceof Record) {
      writeRecord(value, out);
    } else if (value instanceof Optional<?> one) {
      begin(one.isPresent() ? Form.SOMETHING : Form.NOTHING, out);
      one.ifPresent(o -> write(o, out));
    } else if (value instanceof OptionalInt one) {
      begin(one.isPresent() ? Form.SOME_NUMBER : Form.NO_NUMBER, out);
      one.ifPresent(out::number);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, out);
    } else if (value instanceof Collection<?> many) {
      writeMany(many, out);
    } else {
      throw new RecordShape.UnknownValue(value.getClass().getName());
    }
  }

  private static FactsWriter begin(Form form, FactsWriter out) {
    out.constant(form);
    return out;
  }

  /** What tells the file comes first, as it is needed for the rest. */
  private static void writeRecord(Object value, FactsWriter out) {
    RecordShape shape = RecordShape.of(value.getClass());
    begin(Form.RECORD, out).text(shape.type().getName());
    if (shape.file() >= 0) {
      write(shape.get(shape.file(), value), out);
    }
    for (int i = 0; i < shape.components().size(); i++) {
      if (i != shape.file()) {
        write(shape.get(i, value), out);
      }
    }
  }

  private static void writeMap(Map<?, ?> map, FactsWriter out) {
    boolean isSorted = map instanceof SortedMap<?, ?>;
    if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
      throw new RecordShape.UnknownValue("a map in an order of its own");
    }
    begin(isSorted ? Form.SORTED_MAP : Form.MAP, out).number(map.size());
    map.forEach(
        (key, one) -> {
          write(key, out);
          write(one, out);
        });
  }

  private static void writeMany(Collection<?> many, FactsWriter out) {
    if (many instanceof SortedSet<?> sorted && sorted.comparator() != null) {
      throw new RecordShape.UnknownValue("a set in an order of its own");
    }
    begin(
            many instanceof SortedSet<?>
                ? Form.SORTED_SET
                : many instanceof Set<?> ? Form.SET : Form.LIST,
            out)
        .number(many.size());
    many.forEach(one -> write(one, out));
  }

  /** Values of an earlier state, as they are read. */
  private static final class Reading {
    private static final Form[] FORMS = Form.values();

    private final FactsReader in;
    private final Map<String, Moves> moves;

    Reading(FactsReader in, Map<String, Moves> moves) {
      this.in = in;
      this.moves = moves;
    }

    /**
     * @param file of which positions are
     */
    private Object value(Optional<String> file) {
      return switch (in.constant(FORMS)) {
        case TEXT -> in.text();
        case NUMBER -> in.number();
        case TRUE -> true;
        case FALSE -> false;
        case CONSTANT -> constant(type(in.text()), in.text());
        case FUNCTION -> function(in.text(), in.number(), in.text());
        case POSITION -> new Position(line(in.number(), file), in.number());
        case LOCATION -> location(in.text());
        case RECORD -> record(type(in.text()), file);
        case NOTHING -> Optional.empty();
        case SOMETHING -> Optional.of(value(file));
        case NO_NUMBER -> OptionalInt.empty();
        case SOME_NUMBER -> OptionalInt.of(in.number());
        case SORTED_MAP -> map(new TreeMap<>(), file);
        case MAP -> map(new LinkedHashMap<>(), file);
        case SORTED_SET -> many(new TreeSet<>(), file);
        case SET -> many(new LinkedHashSet<>(), file);
        case LIST -> List.copyOf(many(new ArrayList<>(), file));
      };
    }

    private static Class<?> type(String name) {
      try {
        if (name.startsWith(OURS)) {
          return Class.forName(name);
        }
      } catch (ClassNotFoundException e) {
        // Written by other code.
      }
      throw new RecordShape.UnknownValue(name);
    }

    private static Object constant(Class<?> type, String name) {
      for (Object one : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
        if (((Enum<?>) one).name().equals(name)) {
          return one;
        }
      }
      throw new RecordShape.UnknownValue(name);
    }

    private FunctionRef function(String file, int index, String name) {
      Moves moved = moves.get(file);
      int now = moved == null ? index : moved.indexNow(index);
      if (now == Moves.NOWHERE) {
        throw new RecordShape.UnknownValue(name);
      }
      return new FunctionRef(file, now, name);
    }

    private Location location(String file) {
      return new Location(file, line(in.number(), Optional.of(file)), in.number());
    }

    private int line(int before, Optional<String> file) {
      if (before == 0 || moves.isEmpty()) {
        return before;
      }
      if (file.isPresent()) {
        Moves moved = moves.get(file.get());
        Optional<Integer> line = moved == null ? Optional.of(before) : moved.line(before);
        if (line.isPresent()) {
          return line.get();
        }
      }
      throw new RecordShape.UnknownValue("a line that may be anywhere");
    }

    private Object record(Class<?> type, Optional<String> outer) {
      if (!type.isRecord()) {
        throw new RecordShape.UnknownValue(type.getName());
      }
      RecordShape shape = RecordShape.of(type);
      Object[] parts = new Object[shape.components().size()];
      Optional<String> file = outer;
      if (shape.file() >= 0) {
        parts[shape.file()] = value(outer);
        file = Optional.of(RecordShape.name(parts[shape.file()]));
      }
      for (int i = 0; i < parts.length; i++) {
        if (i != shape.file()) {
          parts[i] = value(file);
        }
      }
      return shape.with(parts);
    }

    private Object map(Map<Object, Object> into, Optional<String> file) {
      for (int left = in.number(); left > 0; left--) {
        Object key = value(file);
        into.put(key, value(file));
      }
      return into;
    }

    private <C extends Collection<Object>> C many(C into, Optional<String> file) {
      for (int left = in.number(); left > 0; left--) {
        into.add(value(file));
      }
      return into;
    }
  }
}
