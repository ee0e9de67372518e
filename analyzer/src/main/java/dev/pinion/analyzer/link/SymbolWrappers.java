// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.SymbolWrapper.By;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Through what a symbol is taken and put in this tree: {@code symbol_get} and its relatives from
 * the model, and every macro and function that hands one of its own parameters to one of those,
 * recognised from its definition.
 */
public final class SymbolWrappers {
  /** Wrappers of wrappers of wrappers. */
  private static final int MAX_ROUNDS = 6;

  private final Program program;
  private final Map<String, SymbolWrapper> rows = new TreeMap<>();

  private SymbolWrappers(Program program) {
    this.program = program;
    for (Api api : program.model().family("object")) {
      if (api.does("object", "symbol-get", "symbol-put")) {
        rows.put(api.name(), row(api));
      }
    }
  }

  /** The wrappers of a program. */
  public static SymbolWrappers of(Program program) {
    return program.memo(SymbolWrappers.class, () -> new SymbolWrappers(program));
  }

  private static SymbolWrapper row(Api api) {
    By by =
        switch (api.texts().getOrDefault("by", "name")) {
          case "string" -> By.STRING;
          case "address" -> By.ADDRESS;
          default -> By.NAME;
        };
    Effect effect = api.operation().equals("symbol-get") ? Effect.GET : Effect.PUT;
    return new SymbolWrapper(api.name(), api.argument("arg"), by, effect, "model");
  }

  /** What a call of {@code name} in {@code file} does to a symbol; empty if it does nothing. */
  public Optional<SymbolWrapper> find(String name, String file) {
    SymbolWrapper row = rows.get(name);
    if (row != null) {
      return Optional.of(row);
    }
    Optional<SymbolWrapper> macro = macro(macros(), name, file);
    return macro.isPresent() ? macro : program.resolve(name, file).flatMap(this::function);
  }

  private Optional<SymbolWrapper> function(FunctionRef function) {
    return program.memo(
        List.of("SymbolWrappers.function", function),
        () -> {
          Set<String> macros = macros().keySet();
          boolean calls =
              program.facts(function).callees().stream()
                  .anyMatch(c -> rows.containsKey(c) || macros.contains(c));
          return calls && !rows.containsKey(function.name())
              ? classified(function)
              : Optional.empty();
        });
  }

  private Optional<SymbolWrapper> macro(
      Map<String, List<NameIndex.In<SymbolWrapper>>> macros, String name, String file) {
    List<NameIndex.In<SymbolWrapper>> visible =
        macros.getOrDefault(name, List.of()).stream()
            .filter(m -> m.file().equals(file) || m.file().endsWith(".h"))
            .toList();
    return Proximity.order(program.linked(file), visible, NameIndex.In::file).stream()
        .findFirst()
        .map(NameIndex.In::item);
  }

  /** The names of all wrappers, sorted; what a name means depends on the file. */
  public SortedSet<String> names() {
    return program.settled(
        "SymbolWrappers.names",
        () -> {
          SortedSet<String> all = macroNames();
          functions().keySet().forEach(f -> all.add(f.name()));
          return all;
        });
  }

  /** Whether {@link #names} has that name. */
  public boolean isName(String name) {
    return rows.containsKey(name)
        || macros().containsKey(name)
        || program.functions(name).stream().anyMatch(f -> function(f).isPresent());
  }

  private SortedSet<String> macroNames() {
    SortedSet<String> all = new TreeSet<>(rows.keySet());
    all.addAll(macros().keySet());
    return all;
  }

  /** The wrappers that are not in the model, by name and origin. */
  public List<SymbolWrapper> recognised() {
    List<SymbolWrapper> all = new ArrayList<>();
    macros().values().forEach(same -> same.forEach(m -> all.add(m.item())));
    all.addAll(functions().values());
    return all;
  }

  private Map<String, List<NameIndex.In<SymbolWrapper>>> macros() {
    return program.settled("SymbolWrappers.macros", this::collectMacros);
  }

  private Map<String, List<NameIndex.In<SymbolWrapper>>> collectMacros() {
    Map<String, List<NameIndex.In<SymbolWrapper>>> macros = new TreeMap<>();
    Map<String, List<NameIndex.In<Macro>>> candidates = new TreeMap<>();
    for (String path : program.files(Term.Trait.LOOKS_UP)) {
      for (Macro macro : program.linked(path).macros()) {
        if (FileTerms.mayLookUp(macro)) {
          put(candidates, new NameIndex.In<>(path, macro));
        }
      }
    }
    classify(candidates, macros);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      int before = macros.size();
      Map<String, List<NameIndex.In<Macro>>> more = new TreeMap<>();
      for (String path : filesWithMacrosThatName(macros.keySet())) {
        for (Macro macro : program.linked(path).macros()) {
          if (macros.keySet().stream().anyMatch(macro.body()::contains)) {
            put(more, new NameIndex.In<>(path, macro));
          }
        }
      }
      classify(more, macros);
      if (macros.size() == before) {
        break;
      }
    }
    return macros;
  }

  private SortedSet<String> filesWithMacrosThatName(Collection<String> names) {
    SortedSet<String> files = new TreeSet<>();
    names.forEach(n -> files.addAll(program.files(Term.MACRO_WORD, n)));
    return files;
  }

  private static void put(Map<String, List<NameIndex.In<Macro>>> map, NameIndex.In<Macro> macro) {
    map.computeIfAbsent(macro.item().name(), n -> new ArrayList<>()).add(macro);
  }

  private void classify(
      Map<String, List<NameIndex.In<Macro>>> candidates,
      Map<String, List<NameIndex.In<SymbolWrapper>>> macros) {
    candidates.forEach(
        (name, same) -> {
          if (rows.containsKey(name)) {
            return;
          }
          List<NameIndex.In<SymbolWrapper>> found = new ArrayList<>();
          for (NameIndex.In<Macro> macro : same) {
            SymbolMacros.classify(
                    macro.item(),
                    n -> Optional.ofNullable(rows.get(n)).or(() -> macro(macros, n, macro.file())),
                    macro.file() + ":" + macro.item().line())
                .ifPresent(w -> found.add(new NameIndex.In<>(macro.file(), w)));
          }
          if (!found.isEmpty()) {
            macros.put(name, found);
          }
        });
  }

  private SortedMap<FunctionRef, SymbolWrapper> functions() {
    return program.settled(
        "SymbolWrappers.functions",
        () -> {
          SortedMap<FunctionRef, SymbolWrapper> found = new TreeMap<>();
          for (String name : macroNames()) {
            for (FunctionRef caller : program.functionsCalling(name)) {
              if (!rows.containsKey(caller.name())) {
                classified(caller).ifPresent(w -> found.put(caller, w));
              }
            }
          }
          return found;
        });
  }

  private Optional<SymbolWrapper> classified(FunctionRef function) {
    return program.memo(List.of("SymbolWrappers.classified", function), () -> classify(function));
  }

  /** A function that gives one of its parameters to a wrapper. */
  private Optional<SymbolWrapper> classify(FunctionRef ref) {
    Function function = program.ir(ref);
    Typing typing = new Typing(function, program.model());
    Optional<SymbolWrapper> found = Optional.empty();
    for (Instruction.Call call : Calls.of(function)) {
      Optional<SymbolWrapper> inner =
          Optional.ofNullable(rows.get(call.name()))
              .or(() -> macro(macros(), call.name(), ref.file()));
      if (inner.isEmpty() || inner.get().effect() == Effect.FORWARD) {
        continue;
      }
      int parameter = parameter(function, typing, call, inner.get().argument());
      if (parameter < 0 || inner.get().by() == By.NAME) {
        continue;
      }
      SymbolWrapper wrapper =
          new SymbolWrapper(
              ref.name(),
              parameter,
              inner.get().by(),
              effect(function, inner.get()),
              ref.file() + ":" + function.position().line());
      boolean both =
          found.isPresent()
              && found.get().takes() != wrapper.takes()
              && found.get().argument() == parameter;
      found =
          Optional.of(
              both
                  ? new SymbolWrapper(
                      ref.name(), parameter, wrapper.by(), Effect.CALL, wrapper.origin())
                  : wrapper);
    }
    return found;
  }

  private static Effect effect(Function function, SymbolWrapper inner) {
    if (!inner.takes()) {
      return Effect.PUT;
    }
    return inner.effect() == Effect.GET && !function.returnType().isPointer()
        ? Effect.ATTACH
        : inner.effect();
  }

  private static int parameter(
      Function function, Typing typing, Instruction.Call call, int argument) {
    if (argument >= call.arguments().size()
        || !(call.arguments().get(argument) instanceof Value.Load load)) {
      return -1;
    }
    AccessPath path = typing.canonical(load.path());
    return path.isVariable() ? function.parameterIndex(path.root()) : -1;
  }
}
