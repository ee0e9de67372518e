// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One file's facts, and what is looked up in them by name; all of it when it is first needed. */
final class LinkedFile {
  private final String path;
  private final Function<String, FileFacts> source;
  private volatile @Nullable FileFacts facts;
  private volatile @Nullable Callers callers;
  private volatile @Nullable Map<String, List<Declarations.Macro>> macros;

  /**
   * @param source gives the facts when they are first needed; equal ones if it is asked twice
   */
  LinkedFile(String path, Function<String, FileFacts> source) {
    this.path = path;
    this.source = source;
  }

  String path() {
    return path;
  }

  FileFacts facts() {
    FileFacts known = facts;
    if (known == null) {
      known = source.apply(path);
      facts = known;
    }
    return known;
  }

  /** All functions, in source order. */
  List<FunctionRef> functions() {
    List<FunctionRef> all = new ArrayList<>(facts().functions().size());
    for (FunctionFacts f : facts().functions()) {
      all.add(new FunctionRef(path, all.size(), f.name()));
    }
    return all;
  }

  /** The functions of that name, in source order. */
  List<FunctionRef> functions(String name) {
    List<FunctionRef> all = new ArrayList<>(1);
    for (int i = 0; i < facts().functions().size(); i++) {
      if (facts().functions().get(i).name().equals(name)) {
        all.add(new FunctionRef(path, i, name));
      }
    }
    return all;
  }

  /** The functions that call that name, in source order. */
  List<FunctionRef> callers(String name) {
    Callers known = callers;
    if (known == null) {
      known = Callers.of(facts());
      callers = known;
    }
    return known.of(name).mapToObj(this::function).toList();
  }

  private FunctionRef function(int index) {
    return new FunctionRef(path, index, facts().functions().get(index).name());
  }

  /** The macros of that name, in source order. */
  List<Declarations.Macro> macros(String name) {
    Map<String, List<Declarations.Macro>> known = macros;
    if (known == null) {
      known = new HashMap<>();
      for (Declarations.Macro macro : facts().macros()) {
        known.computeIfAbsent(macro.name(), n -> new ArrayList<>(1)).add(macro);
      }
      macros = known;
    }
    return known.getOrDefault(name, List.of());
  }
}
