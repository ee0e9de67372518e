// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.dataflow.ZeroCounts;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether the last reference to an object is surely gone at some instruction: behind a successful
 * {@code refcount_dec_and_test}, in a release callback, or in a function that is only called from
 * there. Nobody who needs a reference can reach such an object any more.
 */
public final class LastReference {
  private static final int MAX_LEVELS = 4;

  private final Program program;
  private final Contexts contexts;

  private LastReference(Program program) {
    this.program = program;
    this.contexts = Contexts.of(program);
  }

  public static LastReference of(Program program) {
    return program.memo(LastReference.class, () -> new LastReference(program));
  }

  /**
   * @param object canonical path of a pointer to the object
   * @param at position of a call
   * @return the lines that prove it, outermost first; empty if it cannot be shown
   */
  public Optional<List<Related>> gone(FunctionRef function, AccessPath object, Position at) {
    return gone(function, object, c -> c.position().equals(at), MAX_LEVELS);
  }

  private Optional<List<Related>> gone(
      FunctionRef function, AccessPath object, Predicate<Instruction.Call> at, int levels) {
    Contexts.Body body = contexts.body(function);
    Optional<List<Related>> local = local(function, body, object, at);
    if (local.isPresent() || levels == 0 || !object.isVariable()) {
      return local;
    }
    Optional<Variable> variable = body.function().variable(object.root());
    if (variable.isEmpty()) {
      return Optional.empty();
    }
    return variable.get().kind() == Variable.Kind.PARAMETER
        ? inAllCallers(function, body.function().parameterIndex(object.root()), levels)
        : inRelease(function, body.typing(), object.root());
  }

  private Optional<List<Related>> local(
      FunctionRef function, Contexts.Body body, AccessPath object, Predicate<Instruction.Call> at) {
    return ZeroCounts.solve(body.function(), body.typing(), program.model())
        .surelyZero(object, at)
        .map(
            p ->
                List.of(
                    new Related(
                        Location.of(function.file(), p),
                        "the last reference to '" + object + "' is gone from here on")));
  }

  private Optional<List<Related>> inAllCallers(FunctionRef function, int parameter, int levels) {
    List<Related> proof = new ArrayList<>();
    for (CallSites.Site site : CallSites.into(program, function).orElse(List.of())) {
      Optional<List<Related>> one =
          site.passed(parameter)
              .flatMap(p -> gone(site.caller(), p, site.call()::equals, levels - 1));
      if (one.isEmpty()) {
        return one;
      }
      proof.addAll(one.get());
      proof.add(
          new Related(
              Location.of(site.caller().file(), site.call().position()),
              "called only then: " + function.name() + "()"));
    }
    return proof.isEmpty() ? Optional.empty() : Optional.of(proof);
  }

  /** The object is {@code container_of(argument)} in a function that only the last put calls. */
  private Optional<List<Related>> inRelease(FunctionRef function, Typing typing, String variable) {
    boolean container =
        typing
            .definition(variable)
            .filter(
                d -> d instanceof Instruction.Assign a && a.value() instanceof Value.ContainerOf)
            .isPresent();
    List<OpsTables.Escape> escapes = OpsTables.of(program).escapesOf(function);
    if (!container
        || escapes.isEmpty()
        || !program.callersOf(function).isEmpty()
        || !escapes.stream().allMatch(this::isRelease)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            new Related(
                Location.of(function.file(), program.facts(function).position()),
                function.name()
                    + "() is the release that "
                    + escapes.get(0).callee()
                    + "() calls when the last reference is gone")));
  }

  private boolean isRelease(OpsTables.Escape escape) {
    Optional<Api> api = program.model().find("object", escape.callee());
    return api.isPresent() && api.get().argument("release") == escape.argument();
  }
}
