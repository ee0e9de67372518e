// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations.Invocation;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who exports a symbol, and how. Macros that end in an {@code EXPORT_SYMBOL} are followed through
 * their own definitions, whatever they are called. Files of all architectures count, because some
 * build has them. Exports of assembler files, and those whose name is computed ({@code
 * STATIC_CALL_KEY(x)}), are not known.
 */
public final class Exports {
  /** Macros of macros of macros. */
  private static final int MAX_DEPTH = 8;

  private final Program program;
  private final KernelModel model;
  private final ExportMacros exportMacros;

  /** What one file says, or all together. */
  private record Table(
      SortedMap<String, SortedSet<Export>> bySymbol,
      SortedMap<String, SortedSet<String>> importers) {
    Table() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    void add(Table more) {
      more.bySymbol.forEach((s, e) -> bySymbol.computeIfAbsent(s, n -> new TreeSet<>()).addAll(e));
      more.importers.forEach(
          (s, f) -> importers.computeIfAbsent(s, n -> new TreeSet<>()).addAll(f));
    }
  }

  private Exports(Program program) {
    this.program = program;
    this.model = program.model();
    this.exportMacros = new ExportMacros(program);
  }

  /** The exports of a program. */
  public static Exports of(Program program) {
    return program.memo(Exports.class, () -> new Exports(program));
  }

  private Table table() {
    return program.settled(
        "Exports.table",
        () -> {
          Table all = new Table();
          program.files(Term.Trait.INVOKES).forEach(path -> all.add(table(path)));
          return all;
        });
  }

  private Table table(String path) {
    return program.memo(
        List.of("Exports.table", path),
        () -> {
          Table found = new Table();
          for (Invocation invocation : program.invocations(path)) {
            List<MacroText> arguments = invocation.arguments().stream().map(MacroText::of).toList();
            Location where = Location.of(path, invocation.position());
            follow(invocation.name(), invocation.name(), arguments, where, 0, found);
          }
          return found;
        });
  }

  /** All exports of a symbol, in path order; empty if nobody exports it. */
  public List<Export> of(String symbol) {
    return program.settled(
        List.of("Exports.of", symbol),
        () -> {
          SortedSet<Export> all = new TreeSet<>();
          for (String path : exportMacros.filesThatMayName(symbol)) {
            all.addAll(table(path).bySymbol().getOrDefault(symbol, Collections.emptySortedSet()));
          }
          return List.copyOf(all);
        });
  }

  /** The exports that stand in a file, by symbol. */
  public List<Export> in(String file) {
    return table(file).bySymbol().values().stream().flatMap(Set::stream).toList();
  }

  /** All exported symbols, sorted. */
  public Set<String> symbols() {
    return Collections.unmodifiableSet(table().bySymbol().keySet());
  }

  /** How many symbols are exported. */
  public int size() {
    return table().bySymbol().size();
  }

  /**
   * Whether the module that {@code file} belongs to may use symbols of a namespace: some file of it
   * imports the namespace. If no Makefile says what it belongs to, its folder stands for the
   * module.
   */
  public boolean imports(String file, String namespace) {
    ModuleMap modules = ModuleMap.of(program);
    boolean known = !modules.modulesOf(file).isEmpty();
    for (String importer : importers(namespace)) {
      if (known ? modules.sameModule(importer, file) : folder(importer).equals(folder(file))) {
        return true;
      }
    }
    return false;
  }

  /** The files that import a namespace, sorted. */
  Set<String> importers(String namespace) {
    return program.settled(
        List.of("Exports.importers", namespace),
        () -> {
          SortedSet<String> all = new TreeSet<>();
          for (String path : exportMacros.filesThatMayName(namespace)) {
            all.addAll(
                table(path).importers().getOrDefault(namespace, Collections.emptySortedSet()));
          }
          return all;
        });
  }

  private static String folder(String file) {
    return file.substring(0, file.lastIndexOf('/') + 1);
  }

  /** Follows a use of a macro to the exports that it makes, if any. */
  private boolean follow(
      String spelled,
      String name,
      List<MacroText> arguments,
      Location where,
      int depth,
      Table into) {
    Optional<Api> row = model.find("export", name);
    if (row.isPresent()) {
      return note(spelled, row.get(), new MacroText.Call(name, 0, arguments), where, into);
    }
    if (depth == MAX_DEPTH || !exportMacros.leadToExport(name)) {
      return false;
    }
    for (Macro macro : program.macros(name, where.file())) {
      boolean found = false;
      for (MacroText.Call call : MacroText.expand(macro, arguments).calls()) {
        found |= follow(spelled, call.name(), call.arguments(), where, depth + 1, into);
      }
      if (found) {
        return true; // The nearest definition that exports; the others are of other configurations.
      }
    }
    return false;
  }

  private static boolean note(
      String spelled, Api api, MacroText.Call call, Location where, Table into) {
    String name = unquoted(call.argument(api.argument("arg")).single());
    if (!MacroText.isName(name)) {
      return false;
    }
    if (api.operation().equals("import")) {
      into.importers().computeIfAbsent(name, n -> new TreeSet<>()).add(where.file());
      return true;
    }
    String namespace = namespace(call.argument(api.argument("ns")));
    boolean gpl =
        api.is("gpl") || unquoted(call.argument(api.argument("license")).single()).equals("GPL");
    into.bySymbol()
        .computeIfAbsent(name, n -> new TreeSet<>())
        .add(
            new Export(
                name, gpl ? Export.License.GPL : Export.License.ANY, namespace, spelled, where));
    return true;
  }

  /** {@code NS}, {@code "NS"} or {@code __stringify(NS)}. */
  private static String namespace(MacroText text) {
    List<String> words = new ArrayList<>();
    for (String token : text.tokens()) {
      String word = unquoted(token);
      if (!word.isEmpty() && !word.equals("__stringify") && MacroText.isName(word)) {
        words.add(word);
      }
    }
    return String.join(" ", words);
  }

  private static String unquoted(String token) {
    return token.length() > 1 && token.startsWith("\"") && token.endsWith("\"")
        ? token.substring(1, token.length() - 1)
        : token;
  }
}
