// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names mean where the parser stands: types, or variables, functions and constants. */
final class NameScopes {
  private enum Meaning {
    TYPE,
    OBJECT
  }

  private record Shadowed(String name, @Nullable Meaning before) {}

  private final Map<String, Meaning> meanings = new HashMap<>();
  private final List<Shadowed> undo = new ArrayList<>();
  private int depth;

  /** Opens a scope; hand the result to {@link #leave}. */
  int enter() {
    depth++;
    return undo.size();
  }

  void leave(int mark) {
    depth--;
    for (int i = undo.size() - 1; i >= mark; i--) {
      Shadowed shadowed = undo.remove(i);
      if (shadowed.before() == null) {
        meanings.remove(shadowed.name());
      } else {
        meanings.put(shadowed.name(), shadowed.before());
      }
    }
  }

  void declareType(String name) {
    declare(name, Meaning.TYPE);
  }

  void declareObject(String name) {
    declare(name, Meaning.OBJECT);
  }

  private void declare(String name, Meaning meaning) {
    if (name.isEmpty()) {
      return;
    }
    Meaning before = meanings.put(name, meaning);
    if (depth > 0 && before != meaning) {
      undo.add(new Shadowed(name, before));
    }
  }

  /** Whether the file declares the name as a type. */
  boolean isType(String name) {
    return meanings.get(name) == Meaning.TYPE;
  }

  /** Whether the name is a type, as far as the file and custom tell. */
  boolean seemsType(String name) {
    Meaning meaning = meanings.get(name);
    return meaning == null ? TypeNames.areCustom(name) : meaning == Meaning.TYPE;
  }

  /** Whether the file declares the name as anything but a type. */
  boolean isObject(String name) {
    return meanings.get(name) == Meaning.OBJECT;
  }
}
