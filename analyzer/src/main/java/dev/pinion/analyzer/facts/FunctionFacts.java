// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What the tree needs to know of one function without its body.
 *
 * @param callees names called, sorted, without repetition; macros and guards included
 * @param operations calls that rules look for tree-wide, in source order
 * @param indirectCalls typed paths called through
 * @param functionStores names stored into fields, which may be functions; those that go where they
 *     are not followed have no path
 * @param pointerStores pointers stored into fields of objects that may outlive the call
 * @param references lower-case names passed as arguments, which may be functions
 * @param locks what it does with locks and read-side sections
 * @param analysed whether the whole body was understood
 */
public record FunctionFacts(
    String name,
    Function.Linkage linkage,
    Function.Arm arm,
    CType returnType,
    List<Variable> parameters,
    List<String> annotations,
    Position position,
    int endLine,
    List<String> callees,
    List<Operation> operations,
    List<TypedPath> indirectCalls,
    List<FunctionStore> functionStores,
    List<PointerStore> pointerStores,
    List<Reference> references,
    LockFacts locks,
    boolean analysed) {

  public FunctionFacts {
    parameters = List.copyOf(parameters);
    annotations = List.copyOf(annotations);
    callees = List.copyOf(callees);
    operations = List.copyOf(operations);
    indirectCalls = List.copyOf(indirectCalls);
    functionStores = List.copyOf(functionStores);
    pointerStores = List.copyOf(pointerStores);
    references = List.copyOf(references);
  }

  /** The same so many lines further down. */
  FunctionFacts movedBy(int lines) {
    return placed(p -> p.movedBy(lines), endLine + lines);
  }

  /** The same with all places by their order alone; how many lines it has stays. */
  FunctionFacts ordered() {
    SortedSet<Position> places = new TreeSet<>();
    placed(
        p -> {
          places.add(p);
          return p;
        },
        0);
    Map<Position, Position> lines = new HashMap<>();
    places.forEach(p -> lines.put(p, new Position(lines.size() + 1, 1)));
    return placed(p -> lines.getOrDefault(p, p), endLine - position.line());
  }

  private FunctionFacts placed(UnaryOperator<Position> places, int endLine) {
    return new FunctionFacts(
        name,
        linkage,
        arm,
        returnType,
        parameters,
        annotations,
        places.apply(position),
        endLine,
        callees,
        operations.stream()
            .map(o -> new Operation(o.api(), o.operands(), places.apply(o.position())))
            .toList(),
        indirectCalls,
        functionStores.stream()
            .map(s -> new FunctionStore(s.target(), s.name(), places.apply(s.position())))
            .toList(),
        pointerStores.stream().map(s -> s.placed(places)).toList(),
        references,
        locks.placed(places),
        analysed);
  }

  /** {@code target = name}, where the name is not a variable of the function. */
  public record FunctionStore(TypedPath target, String name, Position position) {}

  /**
   * {@code callee(…, name, …)} with {@code name} at {@code argument}, itself or by a local
   * variable; also through a variable that {@code symbol_get(callee)} was assigned to. The callee
   * is empty for another call through a pointer.
   *
   * @param constants names in capitals among the other arguments, sorted: flags that say how the
   *     function will be called
   */
  public record Reference(String callee, int argument, String name, List<String> constants) {
    public Reference {
      constants = List.copyOf(constants);
    }
  }
}
