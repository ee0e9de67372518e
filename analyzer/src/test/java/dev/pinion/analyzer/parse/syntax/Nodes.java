// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Walks over and shows trees for tests, by the components of their records. */
public final class Nodes {
  private Nodes() {}

  /** Visits a node and all below it, outer ones first. */
  public static void walk(Object node, Consumer<Node> visitor) {
    if (node instanceof List<?> list) {
      list.forEach(item -> walk(item, visitor));
    } else if (node instanceof Record record) {
      if (node instanceof Node place) {
        visitor.accept(place);
      }
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Object value = value(record, component);
        if (value != null) {
          walk(value, visitor);
        }
      }
    }
  }

  /** A tree as {@code Name(component, …)}, without places, flags that are off and empty parts. */
  public static String show(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(Nodes::show).collect(Collectors.joining(" ", "[", "]"));
    }
    if (!(node instanceof Record record)) {
      return String.valueOf(node);
    }
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      boolean place = component.getName().matches("first|last|nameFirst");
      if (!place && value != null && !List.of("", 0, false, "NONE").contains(plain(value))) {
        parts.add(show(value));
      }
    }
    String name = record.getClass().getSimpleName();
    return parts.isEmpty() ? name : name + "(" + String.join(", ", parts) + ")";
  }

  private static Object plain(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value;
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a component cannot be read", e);
    }
  }
}
