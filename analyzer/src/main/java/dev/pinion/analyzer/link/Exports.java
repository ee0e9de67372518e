// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Declarations.Invocation;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final SortedMap<String, SortedSet<Export>> bySymbol = new TreeMap<>();
  private final Map<String, SortedSet<String>> importers = new HashMap<>();
  private final Map<String, Boolean> leadsToExport = new HashMap<>();
  private int noted;

  private Exports(Program program) {
    this.program = program;
    this.model = program.model();
    for (String path : program.paths()) {
      for (Invocation invocation : program.file(path).invocations()) {
        List<MacroText> arguments = invocation.arguments().stream().map(MacroText::of).toList();
        Location where = Location.of(path, invocation.position());
        follow(invocation.name(), invocation.name(), arguments, where, 0);
      }
    }
  }

  /** The exports of a program, collected once. */
  public static Exports of(Program program) {
    return program.memo(Exports.class, () -> new Exports(program));
  }

  /** All exports of a symbol, in path order; empty if nobody exports it. */
  public List<Export> of(String symbol) {
    return List.copyOf(bySymbol.getOrDefault(symbol, new TreeSet<>()));
  }

  /** The exports that stand in a file, by symbol. */
  public List<Export> in(String file) {
    return bySymbol.values().stream()
        .flatMap(exports -> exports.stream())
        .filter(e -> e.location().file().equals(file))
        .toList();
  }

  /** All exported symbols, sorted. */
  public Set<String> symbols() {
    return Collections.unmodifiableSet(bySymbol.keySet());
  }

  /** How many symbols are exported. */
  public int size() {
    return bySymbol.size();
  }

  /**
   * Whether the module that {@code file} belongs to may use symbols of a namespace: some file of it
   * imports the namespace. If no Makefile says what it belongs to, its folder stands for the
   * module.
   */
  public boolean imports(String file, String namespace) {
    ModuleMap modules = ModuleMap.of(program);
    boolean known = !modules.modulesOf(file).isEmpty();
    for (String importer : importers.getOrDefault(namespace, new TreeSet<>())) {
      if (known ? modules.sameModule(importer, file) : folder(importer).equals(folder(file))) {
        return true;
      }
    }
    return false;
  }

  private static String folder(String file) {
    return file.substring(0, file.lastIndexOf('/') + 1);
  }

  private void follow(
      String spelled, String name, List<MacroText> arguments, Location where, int depth) {
    Optional<Api> row = model.find("export", name);
    if (row.isPresent()) {
      note(spelled, row.get(), new MacroText.Call(name, 0, arguments), where);
      return;
    }
    if (depth == MAX_DEPTH || !leadsToExport(name, depth)) {
      return;
    }
    for (Macro macro : program.macros(name, where.file())) {
      int before = noted;
      for (MacroText.Call call : MacroText.expand(macro, arguments).calls()) {
        follow(spelled, call.name(), call.arguments(), where, depth + 1);
      }
      if (noted > before) {
        return; // The nearest definition that exports; the others are of other configurations.
      }
    }
  }

  /** Whether some definition of that macro calls, at some depth, one of the rows. */
  private boolean leadsToExport(String name, int depth) {
    Boolean known = leadsToExport.get(name);
    if (known != null) {
      return known;
    }
    leadsToExport.put(name, false); // A macro does not expand inside itself.
    boolean leads = false;
    for (Macro macro : program.macros(name, "")) {
      for (MacroText.Call call : MacroText.of(macro.body()).calls()) {
        leads |=
            model.find("export", call.name()).isPresent()
                || (depth < MAX_DEPTH && leadsToExport(call.name(), depth + 1));
      }
    }
    leadsToExport.put(name, leads);
    return leads;
  }

  private void note(String spelled, Api api, MacroText.Call call, Location where) {
    String name = unquoted(call.argument(api.argument("arg")).single());
    if (!MacroText.isName(name)) {
      return;
    }
    noted++;
    if (api.operation().equals("import")) {
      importers.computeIfAbsent(name, n -> new TreeSet<>()).add(where.file());
      return;
    }
    String namespace = namespace(call.argument(api.argument("ns")));
    boolean gpl =
        api.is("gpl") || unquoted(call.argument(api.argument("license")).single()).equals("GPL");
    bySymbol
        .computeIfAbsent(name, n -> new TreeSet<>())
        .add(
            new Export(
                name, gpl ? Export.License.GPL : Export.License.ANY, namespace, spelled, where));
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
