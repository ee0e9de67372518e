// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Code in texts that may take or give back a lock: the bodies of macros, and the two halves of
 * guards, such as {@code DEFINE_GUARD(hub, struct hub *, hub_lock(_T), hub_unlock(_T))}.
 */
final class LockTexts {
  /** What the guard's argument is called in its code, here. */
  static final String OBJECT = "_T";

  /** One half of a guard's definition. */
  record Guard(MacroText body, String file) {}

  private final Program program;

  LockTexts(Program program) {
    this.program = program;
  }

  /** The half of a guard of that name. */
  Optional<Guard> guard(String name) {
    return program.settled(
        List.of("LockTexts.guard", name), () -> Optional.ofNullable(guards().get(name)));
  }

  /** The guards whose definition, as it was or as it is, stands in a file that has changed. */
  static Set<String> guards(FileChange change, KernelModel model) {
    Set<String> names = new TreeSet<>();
    // A guard's code is understood where it stands, so what that file includes counts as well.
    if (!change.before().invocations().equals(change.after().invocations())
        || !change.before().includes().equals(change.after().includes())) {
      for (FileFacts facts : List.of(change.before(), change.after())) {
        for (Declarations.Invocation call : facts.invocations()) {
          if (model.does(call.name(), "lock", "guard") && !call.arguments().isEmpty()) {
            names.add(name(call.arguments().get(0)));
            names.add("~" + name(call.arguments().get(0)));
          }
        }
      }
    }
    return names;
  }

  private static String name(String guard) {
    return "guard(" + guard + ")";
  }

  /** Macros, and guards, that call one of these. */
  SortedSet<String> macrosCalling(Set<String> names) {
    SortedSet<String> all = new TreeSet<>();
    for (String name : names) {
      for (String path : program.files(Term.MACRO_WORD, name)) {
        all.addAll(callers(path).getOrDefault(name, Set.of()));
      }
    }
    guards()
        .forEach(
            (name, guard) -> {
              if (guard.body().calls().stream().anyMatch(c -> names.contains(c.name()))) {
                all.add(name);
              }
            });
    return all;
  }

  /** The macros of a file by what their bodies call. */
  private Map<String, Set<String>> callers(String path) {
    return program.memo(
        List.of("LockTexts.callers", path),
        () -> {
          Map<String, Set<String>> callers = new HashMap<>();
          for (Declarations.Macro macro : program.linked(path).macros()) {
            for (MacroText.Call call : MacroText.of(macro.body()).calls()) {
              callers.computeIfAbsent(call.name(), n -> new TreeSet<>()).add(macro.name());
            }
          }
          return callers;
        });
  }

  private Map<String, Guard> guards() {
    return program.settled(
        "LockTexts.guards",
        () -> {
          Map<String, Guard> guards = new TreeMap<>();
          for (Api row : program.model().family("lock")) {
            if (row.operation().equals("guard")) {
              for (String file : program.files(Term.INVOCATION, row.name())) {
                program
                    .linked(file)
                    .invocations(Term.INVOCATION, row.name(), c -> c.name().equals(row.name()))
                    .forEach(call -> addGuard(row, call.arguments(), file, guards));
              }
            }
          }
          return guards;
        });
  }

  /** One argument is the code that takes the lock; the next gives it back. */
  private void addGuard(Api row, List<String> arguments, String file, Map<String, Guard> into) {
    int code = row.argument("code");
    if (arguments.size() > code + 1) {
      String name = name(arguments.get(0));
      String object = row.texts().getOrDefault("object", "");
      addHalf(name, arguments.get(code), file, object, into);
      addHalf("~" + name, arguments.get(code + 1), file, object, into);
    }
  }

  private void addHalf(
      String name, String code, String file, String object, Map<String, Guard> into) {
    if (!LockMacros.isPrimitive(program.model(), name)) {
      String body = MacroText.of(code).toString().replace(MacroText.of(object).toString(), OBJECT);
      into.putIfAbsent(name, new Guard(MacroText.of(body), file));
    }
  }
}
