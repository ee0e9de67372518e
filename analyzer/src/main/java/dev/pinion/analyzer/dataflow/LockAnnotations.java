// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.dataflow.HeldLock.Claim;
import dev.pinion.analyzer.dataflow.HeldLock.Mode;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.KernelModel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a function's definition says of locks: {@code __must_hold(&x->lock)} and {@code
 * __releases(x->lock)}. Nobody checks them in a normal build, so they count as assertions, and what
 * a body shows comes first. Whether a lock's address or the lock is named makes no difference to
 * those who write them, and makes none here. What is no path of the function's own names, as in
 * {@code __must_hold(RCU)}, says nothing.
 */
public final class LockAnnotations {
  private static final Pattern ANNOTATION = Pattern.compile("(__\\w+)\\((.*)\\)");
  private static final Pattern PLACE = Pattern.compile("&?\\(?(\\w+)\\)?((?:(?:->|\\.)\\w+)*)");
  private static final Pattern STEP = Pattern.compile("(->|\\.)(\\w+)");

  private final KernelModel model;
  private final Function function;

  public LockAnnotations(KernelModel model, Function function) {
    this.model = model;
    this.function = function;
  }

  /** The locks that the function's callers hold, as it says. */
  List<HeldLock> onEntry() {
    return named("hold", Claim.ASSERTED);
  }

  /**
   * The locks that it says it gives back, and not that it takes them again. That it takes a lock is
   * believed to its body only: many do so only for some results.
   */
  List<HeldLock> released() {
    if (function.annotations().isEmpty()) {
      return List.of();
    }
    List<String> taken = named("take", Claim.TAKEN).stream().map(HeldLock::name).toList();
    return named("give-back", Claim.TAKEN).stream().filter(l -> !taken.contains(l.name())).toList();
  }

  /** Whether anything is said of locks. */
  public boolean exist() {
    return !function.annotations().isEmpty() && !(onEntry().isEmpty() && released().isEmpty());
  }

  private List<HeldLock> named(String meaning, Claim claim) {
    if (function.annotations().isEmpty()) {
      return List.of();
    }
    return function.annotations().stream()
        .map(ANNOTATION::matcher)
        .filter(m -> m.matches() && says(m.group(1), meaning))
        .flatMap(m -> place(m.group(2)).stream())
        .map(p -> HeldLock.at(p, Mode.SHARED, claim, function.position()))
        .toList();
  }

  private boolean says(String annotation, String meaning) {
    return model.find("lock", annotation).filter(a -> a.is(meaning)).isPresent();
  }

  private Optional<AccessPath> place(String text) {
    Matcher place = PLACE.matcher(text.strip());
    if (!place.matches()) {
      return Optional.empty();
    }
    Optional<Variable> root = function.variable(place.group(1));
    boolean parameter = root.filter(v -> v.kind() == Variable.Kind.PARAMETER).isPresent();
    boolean isAddress = text.strip().startsWith("&");
    if (root.isPresent() ? !parameter : !isAddress && place.group(2).isEmpty()) {
      return Optional.empty(); // a local, or a word such as RCU
    }
    List<Step> steps = steps(place.group(2)).toList();
    AccessPath path = AccessPath.variable(place.group(1)).thenAll(steps);
    return Optional.of(parameter && steps.isEmpty() ? path.deref() : path);
  }

  private static Stream<Step> steps(String text) {
    return STEP.matcher(text)
        .results()
        .map(m -> m.group(1).equals("->") ? new Step.Arrow(m.group(2)) : new Step.Dot(m.group(2)));
  }
}
