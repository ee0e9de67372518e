// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.CType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which functions stand behind a field: from initialisers of ops tables and from stores of function
 * names into fields. Also which functions escape, that is, may be called by someone we don't see.
 */
public final class OpsTables {
  private final Program program;
  private final SortedMap<FieldRef, SortedSet<FunctionRef>> byField = new TreeMap<>();
  private final Map<FunctionRef, List<Escape>> escapes = new HashMap<>();

  /**
   * One way in which a function's address leaves.
   *
   * @param callee the function it is passed to; empty if it is stored
   * @param argument at which position it is passed, or -1
   * @param file where that happens
   */
  public record Escape(String callee, int argument, String file) {}

  private OpsTables(Program program) {
    this.program = program;
    for (String path : program.paths()) {
      FileFacts facts = program.file(path);
      facts.globals().forEach(g -> addTable(path, g));
      for (FunctionFacts f : facts.functions()) {
        f.functionStores().forEach(s -> addStore(path, s));
        for (FunctionFacts.Reference r : f.references()) {
          program
              .resolve(r.name(), path)
              .ifPresent(to -> escape(to, new Escape(r.callee(), r.argument(), path)));
        }
      }
    }
  }

  /** The tables of a program, built once. */
  public static OpsTables of(Program program) {
    return program.memo(OpsTables.class, () -> new OpsTables(program));
  }

  private void addTable(String path, FileFacts.GlobalFacts global) {
    for (FileFacts.TableEntry entry : global.entries()) {
      Optional<FunctionRef> function = program.resolve(entry.symbol(), path);
      if (function.isEmpty()) {
        continue;
      }
      escape(function.get(), new Escape("", -1, path));
      CType type = global.type().base();
      program
          .types()
          .expand(type, path)
          .filter(p -> p.type().isAggregate())
          .flatMap(p -> program.types().memberOf(p.type().name(), p.file(), entry.field()))
          .flatMap(Types.Place::field)
          .ifPresent(field -> put(field, function.get()));
    }
  }

  private void addStore(String path, FunctionFacts.FunctionStore store) {
    Optional<FunctionRef> function = program.resolve(store.name(), path);
    if (function.isEmpty()) {
      return;
    }
    escape(function.get(), new Escape("", -1, path));
    program
        .types()
        .resolve(store.target(), path)
        .flatMap(Types.Place::field)
        .ifPresent(field -> put(field, function.get()));
  }

  private void escape(FunctionRef function, Escape escape) {
    escapes.computeIfAbsent(function, f -> new ArrayList<>(1)).add(escape);
  }

  private void put(FieldRef field, FunctionRef function) {
    byField.computeIfAbsent(field, f -> new TreeSet<>()).add(function);
  }

  /** The functions known to stand in that field, in path order. */
  public List<FunctionRef> implementations(FieldRef field) {
    return List.copyOf(byField.getOrDefault(field, new TreeSet<>()));
  }

  /** The fields in which that function stands, in order. */
  public List<FieldRef> tablesOf(FunctionRef function) {
    return byField.entrySet().stream()
        .filter(e -> e.getValue().contains(function))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the function's address goes somewhere, so that its callers are not all known. */
  public boolean escapes(FunctionRef function) {
    return escapes.containsKey(function);
  }

  /** All known ways in which the function's address leaves, in path order. */
  public List<Escape> escapesOf(FunctionRef function) {
    return escapes.getOrDefault(function, List.of());
  }
}
