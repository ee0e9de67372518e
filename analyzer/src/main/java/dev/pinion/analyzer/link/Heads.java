// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tree-wide names of list heads: a field, a global, or {@link #LOCAL}. Two heads often share one
 * node field, such as a published list and one that collects nodes for freeing; their names tell
 * them apart. A head that is a parameter is what the callers pass.
 */
public final class Heads {
  /** The name of heads that are local variables: nobody else walks those. */
  public static final String LOCAL = "a local list";

  private static final int MAX_LEVELS = 2;

  private final Program program;

  private Heads(Program program) {
    this.program = program;
  }

  public static Heads of(Program program) {
    return program.memo(Heads.class, () -> new Heads(program));
  }

  /** The heads that the use may work on; empty if that is not known. */
  public Optional<Set<String>> names(ListUses.Use use) {
    int argument = use.api().argument("head");
    Contexts.Body body = Contexts.of(program).body(use.function());
    return Calls.at(body.function(), use.operation().api(), use.operation().position())
        .filter(c -> argument >= 0 && argument < c.arguments().size())
        .flatMap(c -> names(use.function(), c.arguments().get(argument)));
  }

  /** The heads that a pointer to a head, or an array of heads, may name in that function. */
  public Optional<Set<String>> names(FunctionRef function, Value head) {
    return names(function, head, MAX_LEVELS);
  }

  private Optional<Set<String>> names(FunctionRef ref, Value head, int levels) {
    Contexts.Body body = Contexts.of(program).body(ref);
    Value canonical = body.typing().canonical(head);
    if (canonical instanceof Value.AddressOf address) {
      return place(ref, body, address.path());
    }
    if (!(canonical instanceof Value.Load load)) {
      return Optional.empty();
    }
    AccessPath path = load.path();
    Optional<Variable> variable = body.function().variable(path.root());
    if (!path.isVariable() || variable.isEmpty()) {
      return isArray(ref, body.typing(), path) ? place(ref, body, path) : Optional.empty();
    }
    if (variable.get().type().arrays() > 0) {
      return Optional.of(Set.of(LOCAL));
    }
    return variable.get().kind() == Variable.Kind.PARAMETER
        ? fromCallers(ref, body.function().parameterIndex(path.root()), levels)
        : Optional.empty();
  }

  /** {@code x->table}, without an address-of, is a head only if it is an array of heads. */
  private boolean isArray(FunctionRef ref, Typing typing, AccessPath path) {
    if (path.steps().stream().anyMatch(s -> s instanceof Step.Index)) {
      return true;
    }
    return program
        .types()
        .resolve(typing.typed(path), ref.file())
        .filter(p -> p.type().arrays() > 0)
        .isPresent();
  }

  private Optional<Set<String>> place(FunctionRef ref, Contexts.Body body, AccessPath path) {
    Optional<Variable> variable = body.function().variable(path.root());
    boolean embedded =
        path.steps().stream().allMatch(s -> s instanceof Step.Dot || s instanceof Step.Index);
    if (variable.isPresent()
        && embedded
        && !variable.get().type().isPointer()
        && variable.get().kind() == Variable.Kind.LOCAL) {
      return Optional.of(Set.of(LOCAL));
    }
    TypedPath typed = body.typing().typed(path);
    if (typed.origin() == TypedPath.Origin.GLOBAL
        && typed.steps().stream().allMatch(s -> s instanceof Step.Index)) {
      return Optional.of(Set.of(Globals.name(program, typed.root(), ref.file())));
    }
    return program
        .types()
        .resolve(typed, ref.file())
        .flatMap(Types.Place::field)
        .map(f -> Set.of(f.toString()));
  }

  private Optional<Set<String>> fromCallers(FunctionRef function, int parameter, int levels) {
    Set<String> all = new TreeSet<>();
    for (CallSites.Site site :
        levels == 0
            ? List.<CallSites.Site>of()
            : CallSites.into(program, function).orElse(List.of())) {
      Optional<Set<String>> one =
          site.argument(parameter).flatMap(v -> names(site.caller(), v, levels - 1));
      if (one.isEmpty()) {
        return one;
      }
      all.addAll(one.get());
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}
