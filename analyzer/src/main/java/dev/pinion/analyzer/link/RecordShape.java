// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to take a record apart and put it together again.
 *
 * @param components what tells its parts, in order
 * @param file the place of the component that tells which file its positions are of; -1 if none
 *     does
 */
record RecordShape(Class<?> type, List<Method> components, int file, Constructor<?> constructor) {
  private static final int NO_FILE = -1;
  private static final Pattern LINE = Pattern.compile("(?i)line|column");

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** A value that is not made of what can be numbered, written and moved. */
  static final class UnknownValue extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownValue(String what) {
      super(what, /* cause= */ null, /* enableSuppression= */ false, false);
    }
  }

  /**
   * The shape of a class of records.
   *
   * @throws UnknownValue if it has a line as a bare number, which nobody could tell where it is now
   */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static RecordShape find(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    int file = NO_FILE;
    for (int i = components.length - 1; i >= 0; i--) {
      Class<?> of = components[i].getType();
      if (of == int.class && LINE.matcher(components[i].getName()).find()) {
        throw new UnknownValue(type.getName());
      }
      if (of == FunctionRef.class
          || of == Location.class
          || (of == String.class && components[i].getName().equals("file"))) {
        file = i;
      }
    }
    List<Method> accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
    accessors.forEach(a -> a.setAccessible(true));
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape(type, accessors, file, constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + type, e);
    }
  }

  /** A part of a record. */
  Object get(int component, Object of) {
    try {
      return components.get(component).invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record does not tell what is in it: " + type, e);
    }
  }

  /** The file that a record's positions are of, if it tells. */
  Optional<String> fileOf(Object record, Optional<String> outer) {
    return file == NO_FILE ? outer : Optional.of(name(get(file, record)));
  }

  /** The file that a component is about. */
  static String name(Object component) {
    return component instanceof FunctionRef function
        ? function.file()
        : component instanceof Location location ? location.file() : (String) component;
  }

  /**
   * The record with these parts.
   *
   * @throws UnknownValue if there can be none
   */
  Object with(Object[] parts) {
    try {
      return constructor.newInstance(parts);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new UnknownValue(type.getName());
    }
  }
}
