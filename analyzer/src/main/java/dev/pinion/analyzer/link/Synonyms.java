// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Under which names code may speak of a struct or a member: who looks for all uses of one must look
 * for all its names. More names than mean it here or there; none is missing.
 */
final class Synonyms {
  private final Program program;

  private Synonyms(Program program) {
    this.program = program;
  }

  static Synonyms of(Program program) {
    return program.memo(Synonyms.class, () -> new Synonyms(program));
  }

  /** The member's own name, and macros that stand for it: {@code sk_node} for {@code skc_node}. */
  SortedSet<String> ofMember(String member) {
    Map<String, SortedSet<String>> renamed = renamed();
    return closure(member, n -> renamed.getOrDefault(n, NONE));
  }

  private static final SortedSet<String> NONE = new TreeSet<>();

  /** The macros that stand for a member, by its name; few headers have any. */
  private Map<String, SortedSet<String>> renamed() {
    return program.settled(
        "Synonyms.renamed",
        () -> {
          Map<String, SortedSet<String>> all = new HashMap<>();
          for (String path : program.files(Term.Trait.RENAMES)) {
            for (Declarations.Macro macro : program.file(path).macros()) {
              MacroTypes.member(macro)
                  .ifPresent(
                      m ->
                          all.computeIfAbsent(
                                  m.substring(m.lastIndexOf('.') + 1), n -> new TreeSet<>())
                              .add(macro.name()));
            }
          }
          return all;
        });
  }

  /** The tag itself, and typedefs of it. */
  SortedSet<String> ofTag(String tag) {
    return closure(tag, this::typedefs);
  }

  private List<String> typedefs(String name) {
    return program.memo(
        List.of("Synonyms.typedefs", name),
        () ->
            program.files(Term.SYNONYM, name).stream()
                .flatMap(path -> program.file(path).typedefs().stream())
                .filter(t -> t.type().name().equals(name))
                .map(Declarations.Typedef::name)
                .distinct()
                .toList());
  }

  private static SortedSet<String> closure(
      String start, Function<String, Collection<String>> names) {
    SortedSet<String> all = new TreeSet<>(List.of(start));
    Deque<String> open = new ArrayDeque<>(all);
    while (!open.isEmpty()) {
      for (String name : names.apply(open.remove())) {
        if (all.add(name)) {
          open.add(name);
        }
      }
    }
    return all;
  }
}
