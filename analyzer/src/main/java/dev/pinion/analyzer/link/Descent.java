// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What runs when a function is called, before it returns: what it calls by name, through members of
 * structs, as a symbol of another module that it has taken, and the release that a put may call.
 * What it only queues is left out.
 */
public final class Descent {
  private static final int MAX_DEPTH = 7;

  /** Past this many functions the rest is left out; the nearest come first. */
  private static final int MAX_FUNCTIONS = 150;

  /** A member in which more functions stand than this says little about which of them it is. */
  private static final int MAX_TARGETS = 16;

  private final Program program;

  /** By which way a function comes to another. */
  public sealed interface Way {
    /** Called by name. */
    record Name(String name) implements Way {}

    /**
     * Called through a member.
     *
     * @param by the path called through
     * @param targets how many functions stand in it
     */
    record Member(TypedPath by, FieldRef field, int targets) implements Way {}

    /** A symbol of another module that was looked up and is called through a pointer. */
    record Symbol(String name) implements Way {}

    /** Passed to a put, which calls it when the last reference is gone. */
    record Release(Api put) implements Way {}
  }

  /** One step on the way down. */
  public record Step(FunctionRef from, Way way, FunctionRef to) {}

  /** A function that may run, and by which way one comes to it: there are many that share most. */
  public static final class Reached {
    private final FunctionRef function;
    private final @Nullable Reached above;
    private final @Nullable Step step;

    private Reached(FunctionRef start) {
      this.function = start;
      this.above = null;
      this.step = null;
    }

    private Reached(Reached above, Step step) {
      this.function = step.to();
      this.above = above;
      this.step = step;
    }

    /** The end of the steps, of which each starts where the last has ended. */
    public static Reached by(FunctionRef start, List<Step> steps) {
      Reached at = new Reached(start);
      for (Step step : steps) {
        at = new Reached(at, step);
      }
      return at;
    }

    public FunctionRef function() {
      return function;
    }

    /** From the start to it; none for the start itself. */
    public List<Step> steps() {
      Deque<Step> all = new ArrayDeque<>();
      for (Reached at = this; at != null && at.step != null; at = at.above) {
        all.addFirst(at.step);
      }
      return List.copyOf(all);
    }

    private int depth() {
      int depth = 0;
      for (Reached at = above; at != null; at = at.above) {
        depth++;
      }
      return depth;
    }
  }

  private Descent(Program program) {
    this.program = program;
  }

  public static Descent of(Program program) {
    return program.memo(Descent.class, () -> new Descent(program));
  }

  /** The function itself and all that may run below it, nearest first, each by one way. */
  public List<Reached> from(FunctionRef start) {
    return program.recent(List.of("Descent.from", start), () -> find(start, this::down));
  }

  /** The same as far as it is called by name and stands in the file of the start. */
  public List<Reached> withinFile(FunctionRef start) {
    return program.memo(
        List.of("Descent.withinFile", start),
        () -> {
          Map<String, FunctionRef> own = new HashMap<>();
          program.functionsIn(start.file()).forEach(f -> own.putIfAbsent(f.name(), f));
          return find(start, from -> stepsWithin(from, own));
        });
  }

  private List<Step> stepsWithin(FunctionRef from, Map<String, FunctionRef> own) {
    List<Step> all = new ArrayList<>();
    for (String callee : program.callees(from)) {
      FunctionRef to = own.get(callee);
      if (to != null) {
        all.add(new Step(from, new Way.Name(callee), to));
      }
    }
    return all;
  }

  private List<Reached> find(FunctionRef start, Function<FunctionRef, List<Step>> steps) {
    List<Reached> all = new ArrayList<>();
    Set<FunctionRef> seen = new HashSet<>(Set.of(start));
    Deque<Reached> open = new ArrayDeque<>(List.of(new Reached(start)));
    while (!open.isEmpty()) {
      Reached next = open.remove();
      all.add(next);
      if (next.depth() < MAX_DEPTH) {
        for (Step step : steps.apply(next.function())) {
          if (seen.size() < MAX_FUNCTIONS && seen.add(step.to())) {
            open.add(new Reached(next, step));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /** All single steps down from a function, in the order of names. */
  public List<Step> down(FunctionRef from) {
    return program.memo(
        List.of("Descent.steps", from),
        () -> {
          List<Step> all = new ArrayList<>();
          byName(from, all::add);
          byMember(from, all::add);
          return List.copyOf(all);
        });
  }

  private void byName(FunctionRef from, Consumer<Step> into) {
    boolean takesSymbols = false;
    for (String callee : program.callees(from)) {
      takesSymbols |= SymbolWrappers.of(program).isName(callee);
      if (program.model().knows(callee)) {
        release(from, callee, into);
      } else {
        program
            .resolve(callee, from.file())
            .ifPresent(to -> into.accept(new Step(from, new Way.Name(callee), to)));
      }
    }
    if (takesSymbols) {
      SymbolTaking.in(from, program).stream()
          .flatMap(t -> t.symbol().stream())
          .distinct()
          .forEach(
              symbol ->
                  program
                      .resolve(symbol, from.file())
                      .ifPresent(to -> into.accept(new Step(from, new Way.Symbol(symbol), to))));
    }
  }

  /** What the model knows is no function to look into; but a put of it may call a release. */
  private void release(FunctionRef from, String callee, Consumer<Step> into) {
    Optional<Api> put =
        program.model().find(CountEffects.FAMILY, callee).filter(a -> a.argument("release") >= 0);
    if (put.isEmpty()) {
      return;
    }
    for (FunctionFacts.Reference r : program.facts(from).references()) {
      if (r.callee().equals(callee) && r.argument() == put.get().argument("release")) {
        program
            .resolve(r.name(), from.file())
            .ifPresent(to -> into.accept(new Step(from, new Way.Release(put.get()), to)));
      }
    }
  }

  private void byMember(FunctionRef from, Consumer<Step> into) {
    for (TypedPath path : program.facts(from).indirectCalls()) {
      Optional<FieldRef> field =
          program.types().resolve(path, from.file()).flatMap(Types.Place::field);
      if (field.isPresent()) {
        List<FunctionRef> targets = OpsTables.of(program).implementations(field.get());
        if (targets.size() <= MAX_TARGETS) {
          targets.forEach(
              to ->
                  into.accept(
                      new Step(from, new Way.Member(path, field.get(), targets.size()), to)));
        }
      }
    }
  }
}
