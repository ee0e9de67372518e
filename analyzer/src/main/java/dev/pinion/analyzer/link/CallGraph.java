// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who calls a function, and by which way: by name, through a member it stands in, through a
 * parameter it is passed for, or from the core. A way that leads out of sight is told as such.
 */
public final class CallGraph {
  private final Program program;

  /** One way into a function. */
  public sealed interface Way {
    /** The function that calls; empty if that is the core, or not known. */
    default Optional<FunctionRef> caller() {
      return Optional.empty();
    }

    /** The name that the caller spells to enter {@code function}; empty if it spells a path. */
    default String spelled(FunctionRef function) {
      return path().isPresent() ? "" : function.name();
    }

    /** The path that is called through; empty for a call by name. */
    default Optional<TypedPath> path() {
      return Optional.empty();
    }

    /** Called by name. */
    record Direct(FunctionRef from) implements Way {
      @Override
      public Optional<FunctionRef> caller() {
        return Optional.of(from);
      }
    }

    /** Called through the member in which the function stands. */
    record Through(FunctionRef from, TypedPath by, FieldRef field) implements Way {
      @Override
      public Optional<FunctionRef> caller() {
        return Optional.of(from);
      }

      @Override
      public Optional<TypedPath> path() {
        return Optional.of(by);
      }
    }

    /** Passed to a function that calls what it is passed. */
    record Argument(FunctionRef from, TypedPath by) implements Way {
      @Override
      public Optional<FunctionRef> caller() {
        return Optional.of(from);
      }

      @Override
      public Optional<TypedPath> path() {
        return Optional.of(by);
      }
    }

    /** Called by what a macro that {@code from} uses is made of. */
    record ByMacro(FunctionRef from, String macro) implements Way {
      @Override
      public Optional<FunctionRef> caller() {
        return Optional.of(from);
      }

      @Override
      public String spelled(FunctionRef function) {
        return macro;
      }
    }

    /** Called by the core, as that row of the model tells. */
    record Core(OpsTables.Escape escape, Api row) implements Way {}

    /** The address goes where no call is seen. */
    record Unknown(OpsTables.Escape escape) implements Way {}
  }

  private CallGraph(Program program) {
    this.program = program;
  }

  /** The call graph of a program. */
  public static CallGraph of(Program program) {
    return program.memo(CallGraph.class, () -> new CallGraph(program));
  }

  /** All ways into a function, direct ones first; in path order. */
  public List<Way> into(FunctionRef function) {
    return program.memo(List.of("CallGraph.into", function), () -> find(function));
  }

  private List<Way> find(FunctionRef function) {
    List<Way> ways = new ArrayList<>();
    program.callersOf(function).forEach(c -> ways.add(new Way.Direct(c)));
    for (OpsTables.Escape escape : OpsTables.of(program).escapesOf(function)) {
      Optional<Api> row = EntryPoints.of(program).row(escape);
      if (row.isPresent()) {
        ways.add(new Way.Core(escape, row.get()));
        continue;
      }
      if (escape.form() == OpsTables.Form.IN_MACRO) {
        // Where a macro is used in the file that defines it, its body stands there already.
        ways.addAll(byMacro(escape.callee()));
        continue;
      }
      List<Way> seen =
          escape.field().isPresent() ? through(escape.field().get()) : ofArgument(escape);
      ways.addAll(seen.isEmpty() ? List.of(new Way.Unknown(escape)) : seen);
    }
    return ways.stream().distinct().toList();
  }

  private List<Way> byMacro(String macro) {
    List<Way> ways = new ArrayList<>();
    program.functionsCalling(macro).forEach(f -> ways.add(new Way.ByMacro(f, macro)));
    return ways;
  }

  /** The functions that call through that member, in path order. */
  public List<FunctionRef> callersThrough(FieldRef field) {
    TreeSet<FunctionRef> callers = new TreeSet<>();
    for (Way way : through(field)) {
      way.caller().ifPresent(callers::add);
    }
    return List.copyOf(callers);
  }

  private List<Way> through(FieldRef field) {
    return program.memo(
        List.of("CallGraph.through", field),
        () -> {
          List<Way> ways = new ArrayList<>();
          Look.callsThrough(field.field())
              .in(program)
              .filter(c -> leadsTo(c, field))
              .forEach(c -> ways.add(new Way.Through(c.function(), c.item(), field)));
          return ways;
        });
  }

  /**
   * Calls of the parameter for which the function is passed, and calls through the members in which
   * the parameter is kept; none if one of them is not known.
   */
  private List<Way> ofArgument(OpsTables.Escape escape) {
    Optional<FunctionRef> callee = program.resolve(escape.callee(), escape.file());
    if (callee.isEmpty()) {
      return List.of();
    }
    FunctionFacts facts = program.facts(callee.get());
    if (escape.argument() < 0 || escape.argument() >= facts.parameters().size()) {
      return List.of();
    }
    String parameter = facts.parameters().get(escape.argument()).name();
    List<Way> ways = new ArrayList<>();
    for (TypedPath called : facts.indirectCalls()) {
      if (isVariable(called, parameter)) {
        ways.add(new Way.Argument(callee.get(), called));
      }
    }
    for (PointerStore store : facts.pointerStores()) {
      if (isVariable(store.value(), parameter)) {
        boolean passedOn = store.passedTo().stream().anyMatch(n -> !n.startsWith("*"));
        if (passedOn) {
          return List.of();
        }
        List<Way> kept =
            program
                .types()
                .resolve(store.target(), callee.get().file())
                .flatMap(Types.Place::field)
                .map(this::through)
                .orElse(List.of());
        if (kept.isEmpty()) {
          return List.of();
        }
        ways.addAll(kept);
      }
    }
    return ways;
  }

  private boolean leadsTo(OfFunction<TypedPath> called, FieldRef field) {
    return FileTerms.lastMember(called.item().steps()).equals(field.field())
        && program
            .types()
            .resolve(called.item(), called.function().file())
            .flatMap(Types.Place::field)
            .filter(field::equals)
            .isPresent();
  }

  private static boolean isVariable(TypedPath path, String name) {
    return path.steps().isEmpty()
        && path.origin() == TypedPath.Origin.VARIABLE
        && path.root().equals(name);
  }

  /**
   * The functions that a call through that path may reach, as far as the tree shows; in path order.
   */
  public List<FunctionRef> targets(FunctionRef caller, TypedPath path) {
    return program
        .types()
        .resolve(path, caller.file())
        .flatMap(Types.Place::field)
        .map(f -> OpsTables.of(program).implementations(f))
        .orElse(List.of());
  }
}
