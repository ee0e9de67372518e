// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
    return closure(member, this::renamed);
  }

  /** The macros that stand for a member of that name. */
  private List<String> renamed(String name) {
    return program.memo(
        List.of("Synonyms.renamed", name),
        () ->
            program.files(Term.RENAMED, name).stream()
                .flatMap(
                    path ->
                        program
                            .linked(path)
                            .macros(Term.RENAMED, name, m -> isRenamed(m, name))
                            .stream())
                .map(Declarations.Macro::name)
                .distinct()
                .toList());
  }

  private static boolean isRenamed(Declarations.Macro macro, String name) {
    return MacroTypes.member(macro)
        .filter(m -> m.substring(m.lastIndexOf('.') + 1).equals(name))
        .isPresent();
  }

  /** Whether a macro of that name stands for a member, of whatever struct. */
  boolean isMacro(String member) {
    return program.macros(member, "").stream().anyMatch(m -> MacroTypes.member(m).isPresent());
  }

  /**
   * The tag itself, and those of structs that begin with such a struct: a pointer to one is taken
   * for a pointer to the other.
   */
  SortedSet<String> beginningWith(String tag) {
    return program.memo(
        List.of("Synonyms.beginningWith", tag), () -> closure(tag, this::structsOfFirst));
  }

  private List<String> structsOfFirst(String tag) {
    return program.files(Term.BEGINS_WITH, tag).stream()
        .flatMap(
            path ->
                program
                    .linked(path)
                    .structs(
                        Term.BEGINS_WITH,
                        tag,
                        s -> FileTerms.first(s).filter(tag::equals).isPresent())
                    .stream())
        .map(Declarations.Struct::tag)
        .distinct()
        .toList();
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
                .flatMap(
                    path ->
                        program
                            .linked(path)
                            .typedefs(Term.SYNONYM, name, t -> t.type().name().equals(name))
                            .stream())
                .map(Declarations.Typedef::name)
                .distinct()
                .toList());
  }

  /**
   * As what a member is found in files that call it so, as of {@link FileTerms#member}: of its
   * struct or of one that begins with it, or of one that the file does not know. Nothing if it is a
   * macro's name: that may lead from a member of any struct to one of another.
   */
  Optional<Collection<String>> members(String name, FieldRef field) {
    if (isMacro(name)) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(List.of(FileTerms.member("", name)));
    beginningWith(field.tag()).forEach(tag -> all.add(FileTerms.member(tag, name)));
    return Optional.of(all);
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
