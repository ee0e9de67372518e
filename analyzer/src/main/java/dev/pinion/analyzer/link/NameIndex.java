// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who defines a name, over all files. Built in one pass; lists are in path order. */
final class NameIndex {
  /** A definition and the file it stands in. */
  record In<T>(String file, T item) {}

  private final Map<String, List<In<Declarations.Struct>>> structs = new HashMap<>();
  private final Map<String, List<In<CType>>> typedefs = new HashMap<>();
  private final Map<String, List<In<FileFacts.GlobalFacts>>> globals = new HashMap<>();
  private final Map<String, List<In<CType>>> prototypes = new HashMap<>();
  private final Map<String, List<In<Declarations.Macro>>> macros = new HashMap<>();
  private final Map<String, List<FunctionRef>> functions = new HashMap<>();
  private final Map<String, List<FunctionRef>> callers = new HashMap<>();

  /**
   * @param files facts by path, in path order
   */
  NameIndex(Map<String, FileFacts> files) {
    files.forEach(this::add);
    compact(structs);
    compact(typedefs);
    compact(globals);
    compact(prototypes);
    compact(macros);
    compact(functions);
    compact(callers);
  }

  /** Most names have one place, and there are more than a million. */
  private static <T> void compact(Map<String, List<T>> map) {
    map.replaceAll((name, all) -> List.copyOf(all));
  }

  private void add(String path, FileFacts facts) {
    for (Declarations.Struct s : facts.structs()) {
      put(structs, s.tag(), new In<>(path, s));
    }
    for (Declarations.Typedef t : facts.typedefs()) {
      put(typedefs, t.name(), new In<>(path, t.type()));
    }
    for (FileFacts.GlobalFacts g : facts.globals()) {
      put(globals, g.name(), new In<>(path, g));
    }
    for (FileFacts.PrototypeFacts p : facts.prototypes()) {
      put(prototypes, p.name(), new In<>(path, p.returnType()));
    }
    for (Declarations.Macro m : facts.macros()) {
      put(macros, m.name(), new In<>(path, m));
    }
    int index = 0;
    for (FunctionFacts f : facts.functions()) {
      FunctionRef ref = new FunctionRef(path, index++, f.name());
      put(functions, f.name(), ref);
      for (String callee : f.callees()) {
        put(callers, callee, ref);
      }
    }
  }

  private static <T> void put(Map<String, List<T>> map, String key, T value) {
    map.computeIfAbsent(key, k -> new ArrayList<>(2)).add(value);
  }

  List<In<Declarations.Struct>> structs(String tag) {
    return structs.getOrDefault(tag, List.of());
  }

  List<In<CType>> typedefs(String name) {
    return typedefs.getOrDefault(name, List.of());
  }

  List<In<FileFacts.GlobalFacts>> globals(String name) {
    return globals.getOrDefault(name, List.of());
  }

  List<In<CType>> prototypes(String name) {
    return prototypes.getOrDefault(name, List.of());
  }

  List<In<Declarations.Macro>> macros(String name) {
    return macros.getOrDefault(name, List.of());
  }

  Iterable<List<In<Declarations.Macro>>> allMacros() {
    return macros.values();
  }

  List<FunctionRef> functions(String name) {
    return functions.getOrDefault(name, List.of());
  }

  /** The functions that call that name, whatever it means there. */
  List<FunctionRef> callers(String name) {
    return callers.getOrDefault(name, List.of());
  }
}
