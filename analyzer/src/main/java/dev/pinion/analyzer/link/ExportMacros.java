// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * In which files a symbol may be exported or a namespace imported: those that spell it in what they
 * give a file-level macro, and those that use a macro which makes names of its own.
 */
final class ExportMacros {
  private final Program program;

  ExportMacros(Program program) {
    this.program = program;
  }

  /** The files worth a look for that name, in path order. */
  Collection<String> filesThatMayName(String name) {
    SortedSet<String> all = new TreeSet<>(filesOfMakers());
    all.addAll(program.files(Term.MENTION, name));
    all.addAll(program.files(Term.MENTION, '"' + name + '"'));
    all.retainAll(invoking());
    return all;
  }

  private Set<String> invoking() {
    return program.memo(
        "ExportMacros.invoking", () -> Set.copyOf(program.files(Term.Trait.INVOKES)));
  }

  /** Whether some definition of that macro ends, at some depth, in an export or import. */
  boolean leadToExport(String macro) {
    return callers().containsKey(macro);
  }

  private List<String> filesOfMakers() {
    return program.settled(
        "ExportMacros.filesOfMakers",
        () ->
            makers().stream()
                .flatMap(m -> program.files(Term.INVOCATION, m).stream())
                .distinct()
                .sorted()
                .toList());
  }

  /**
   * The macros in whose exports names may stand that nobody gave them: pasted, or of their own. All
   * definitions of a macro count.
   */
  private Set<String> makers() {
    Map<String, Set<String>> callers = callers();
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (String name : callers.keySet()) {
      if (program.macros(name, "").stream().anyMatch(m -> makesNames(m, callers.keySet()))) {
        open.add(name);
      }
    }
    while (!open.isEmpty()) {
      String name = open.remove();
      if (found.add(name)) {
        open.addAll(callers.getOrDefault(name, Set.of()));
      }
    }
    return found;
  }

  /** The macros that end in an export or import, and which of them use which. */
  private Map<String, Set<String>> callers() {
    return program.settled("ExportMacros.callers", this::findCallers);
  }

  private Map<String, Set<String>> findCallers() {
    Map<String, Set<String>> callers = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    program.model().family("export").forEach(row -> open.add(row.name()));
    while (!open.isEmpty()) {
      String name = open.remove();
      for (String caller : macrosCalling(name)) {
        if (row(caller).isEmpty()) {
          if (!callers.containsKey(caller)) {
            callers.put(caller, new HashSet<>());
            open.add(caller);
          }
          if (callers.containsKey(name)) {
            callers.get(name).add(caller);
          }
        }
      }
    }
    return callers;
  }

  private Optional<Api> row(String name) {
    return program.model().find("export", name);
  }

  private SortedSet<String> macrosCalling(String name) {
    SortedSet<String> all = new TreeSet<>();
    for (String path : program.files(Term.MACRO_WORD, name)) {
      program
          .linked(path)
          .macros(Term.MACRO_WORD, name, macro -> calls(macro, name))
          .forEach(macro -> all.add(macro.name()));
    }
    return all;
  }

  private static boolean calls(Macro macro, String name) {
    return macro.body().contains(name)
        && MacroText.of(macro.body()).calls().stream().anyMatch(c -> c.name().equals(name));
  }

  private boolean makesNames(Macro macro, Set<String> leading) {
    if (macro.body().contains("##")) {
      return true;
    }
    Set<String> given = new HashSet<>(Set.of("__VA_ARGS__"));
    macro.parameters().forEach(p -> given.add(p.replace("...", "").strip()));
    for (MacroText.Call call : MacroText.of(macro.body()).calls()) {
      Optional<Api> row = row(call.name());
      boolean counts = leading.contains(call.name()) || given.contains(call.name());
      List<MacroText> arguments =
          row.isPresent()
              ? List.of(call.argument(row.get().argument("arg")))
              : counts ? call.arguments() : List.of();
      for (MacroText argument : arguments) {
        String word = argument.single().replace("\"", "");
        if (MacroText.isName(word) && !given.contains(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
