// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.EveryPath;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which calls may free an object at once, that is, without waiting for a grace period first: the
 * primitives, the release functions of {@code kref_put} and its like, and functions that do so with
 * a parameter of theirs.
 */
public final class Frees {
  private static final int MAX_LEVELS = 3;

  /**
   * How a call frees an object.
   *
   * @param steps from the outermost callee to the primitive, without the call itself; empty if the
   *     call is the primitive
   * @param function where the primitive is called
   * @param primitive that call
   */
  public record Chain(List<Related> steps, FunctionRef function, Instruction.Call primitive) {
    public Chain {
      steps = List.copyOf(steps);
    }
  }

  /** A member behind which stand more functions than this says little of who is called. */
  private static final int MAX_TARGETS = 16;

  private final Program program;
  private final Calls calls;

  /** Which calls are followed. */
  public enum Calls {
    /** Those that name the function. */
    BY_NAME,
    /** Through members of ops tables and objects as well: one function that frees is enough. */
    THROUGH_MEMBERS
  }

  private Frees(Program program, Calls calls) {
    this.program = program;
    this.calls = calls;
  }

  /** What is freed by functions that are called by name. */
  public static Frees of(Program program) {
    return of(program, Calls.BY_NAME);
  }

  /** What may be freed. */
  public static Frees of(Program program, Calls calls) {
    return program.memo(List.of(Frees.class, calls), () -> new Frees(program, calls));
  }

  /**
   * @param object canonical path of a pointer to the object, in the caller
   * @return how it gets freed; empty if the call does not free it
   */
  public Optional<Chain> byCall(
      FunctionRef caller, Typing typing, Instruction.Call call, String object) {
    return byCall(caller, typing, call, object, MAX_LEVELS);
  }

  private Optional<Chain> byCall(
      FunctionRef caller, Typing typing, Instruction.Call call, String object, int levels) {
    Optional<Api> api = program.model().find("object", call.name());
    if (api.isPresent() && api.get().operation().equals("free")) {
      return names(typing, call, api.get().argument("arg"), object)
          ? Optional.of(new Chain(List.of(), caller, call))
          : Optional.empty();
    }
    if (levels == 0) {
      return Optional.empty();
    }
    if (call.callee() instanceof Instruction.Callee.Indirect member) {
      return calls == Calls.BY_NAME
          ? Optional.empty()
          : throughMember(caller, typing, call, member.path(), object, levels);
    }
    if (api.isPresent() && api.get().argument("release") >= 0) {
      return byRelease(caller, typing, call, api.get(), object, levels);
    }
    if (api.isPresent()
        || program.model().find("rcu", call.name()).isPresent()
        || program.model().find("list", call.name()).isPresent()
        || program.model().find("lock", call.name()).isPresent()) {
      return Optional.empty();
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      if (names(typing, call, i, object)) {
        Optional<FunctionRef> callee = program.resolve(call.name(), caller.file());
        if (callee.isPresent()) {
          return Optional.ofNullable(
              freedParameters(callee.get(), constants(call), levels - 1).get(i));
        }
      }
    }
    return Optional.empty();
  }

  /** {@code object->ops->release(object)}. */
  private Optional<Chain> throughMember(
      FunctionRef caller,
      Typing typing,
      Instruction.Call call,
      AccessPath member,
      String object,
      int levels) {
    List<Integer> passed = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      if (names(typing, call, i, object)) {
        passed.add(i);
      }
    }
    if (passed.isEmpty()) {
      return Optional.empty();
    }
    List<FunctionRef> targets = CallGraph.of(program).targets(caller, typing.typed(member));
    if (targets.size() > MAX_TARGETS) {
      return Optional.empty();
    }
    for (FunctionRef target : targets) {
      Map<Integer, Chain> freed = freedParameters(target, constants(call), levels - 1);
      for (int i : passed) {
        Chain how = freed.get(i);
        if (how != null) {
          List<Related> steps = new ArrayList<>();
          steps.add(
              new Related(
                  Location.of(target.file(), program.facts(target).position()),
                  target.name() + "() may be what is called there"));
          steps.addAll(how.steps());
          return Optional.of(new Chain(steps, how.function(), how.primitive()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean names(Typing typing, Instruction.Call call, int argument, String object) {
    return argument >= 0
        && argument < call.arguments().size()
        && typing.canonical(call.arguments().get(argument)) instanceof Value.Load load
        && load.path().toString().equals(object);
  }

  /** {@code kref_put(&object->ref, release)}. */
  private Optional<Chain> byRelease(
      FunctionRef caller,
      Typing typing,
      Instruction.Call call,
      Api api,
      String object,
      int levels) {
    int release = api.argument("release");
    if (release >= call.arguments().size()
        || !(typing.canonical(call.arguments().get(api.argument("arg")))
            instanceof Value.AddressOf counter)
        || !counter.path().holder().toString().equals(object)
        || !(call.arguments().get(release) instanceof Value.Load function)) {
      return Optional.empty();
    }
    return program
        .resolve(function.path().root(), caller.file())
        .flatMap(r -> Optional.ofNullable(freedParameters(r, Map.of(), levels - 1).get(0)));
  }

  /**
   * The parameters that may be freed before any grace period, with how. A parameter that points
   * into an object, of which the function frees the whole, counts as well.
   */
  private Map<Integer, Chain> freedParameters(
      FunctionRef function, Map<Integer, Long> constants, int levels) {
    return program.memo(
        List.of("Frees", calls, function, constants, levels),
        () -> computeFreedParameters(function, constants, levels));
  }

  private Map<Integer, Chain> computeFreedParameters(
      FunctionRef function, Map<Integer, Long> constants, int levels) {
    Map<Integer, Chain> freed = new TreeMap<>();
    if (program.facts(function).parameters().isEmpty()) {
      return freed;
    }
    Contexts.Body body = Contexts.of(program).body(function);
    Map<String, Integer> objects = objects(body);
    EveryPath waitedOnAllPaths = new Waited(program, function, named(body, constants));
    Solver.forward(body.function().cfg(), waitedOnAllPaths)
        .forEach(
            (block, instruction, waited) -> {
              if (waited || !(instruction instanceof Instruction.Call call)) {
                return;
              }
              objects.forEach(
                  (object, parameter) ->
                      byCall(function, body.typing(), call, object, levels)
                          .ifPresent(
                              how -> freed.putIfAbsent(parameter, step(function, call, how))));
            });
    return freed;
  }

  /**
   * Arguments that are constants: {@code foo_free(f, true)} does not take every path of its callee.
   */
  private static Map<Integer, Long> constants(Instruction.Call call) {
    Map<Integer, Long> constants = new TreeMap<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      if (call.arguments().get(i) instanceof Value.Constant constant) {
        constants.put(i, constant.value());
      }
    }
    return constants;
  }

  private static Map<String, Long> named(Contexts.Body body, Map<Integer, Long> constants) {
    Map<String, Long> named = new TreeMap<>();
    List<Variable> parameters = body.function().parameters();
    constants.forEach(
        (i, value) -> {
          if (i < parameters.size()) {
            named.put(parameters.get(i).name(), value);
          }
        });
    return named;
  }

  private static Chain step(FunctionRef function, Instruction.Call call, Chain how) {
    List<Related> steps = new ArrayList<>();
    steps.add(
        new Related(
            Location.of(function.file(), call.position()),
            function.name()
                + "() calls "
                + (call.name().isEmpty() ? "through a member" : call.name() + "()")));
    steps.addAll(how.steps());
    return new Chain(steps, how.function(), how.primitive());
  }

  /**
   * Paths by which the function knows its parameters' objects: the parameter, or what is around it.
   */
  private static Map<String, Integer> objects(Contexts.Body body) {
    Map<String, Integer> objects = new TreeMap<>();
    List<Variable> parameters = body.function().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).type().isPointer()) {
        objects.put(parameters.get(i).name(), i);
      }
    }
    for (Variable v : body.function().variables()) {
      body.typing()
          .definition(v.name())
          .flatMap(Frees::container)
          .map(AccessPath::root)
          .map(objects::get)
          .ifPresent(i -> objects.put(v.name(), i));
    }
    return objects;
  }

  private static Optional<AccessPath> container(Instruction definition) {
    return definition instanceof Instruction.Assign assign
            && assign.value() instanceof Value.ContainerOf entry
            && entry.inner() instanceof Value.Load load
            && load.path().isVariable()
        ? Optional.of(load.path())
        : Optional.empty();
  }

  /**
   * Whether every path has waited for a grace period. A branch that the constants rule out counts
   * as having waited, which is neutral where paths meet.
   */
  private record Waited(Program program, FunctionRef function, Map<String, Long> constants)
      implements EveryPath {
    @Override
    public Boolean after(Instruction instruction, Boolean before) {
      return before
          || (instruction instanceof Instruction.Call call
              && GracePeriods.of(program)
                  .waits(function, call, Set.of(Flavour.RCU, Flavour.ANY_SRCU)));
    }

    @Override
    public Boolean along(Terminator terminator, int successor, Boolean state) {
      if (!(terminator instanceof Terminator.Branch branch)
          || branch.ifTrue() == branch.ifFalse()
          || !(branch.condition().left() instanceof Value.Load load)
          || !(branch.condition().right() instanceof Value.Constant right)
          || !load.path().isVariable()) {
        return state;
      }
      Long known = constants.get(load.path().root());
      return known == null
          ? state
          : state
              || branch.condition().operator().holds(known, right.value())
                  != (successor == branch.ifTrue());
    }
  }
}
