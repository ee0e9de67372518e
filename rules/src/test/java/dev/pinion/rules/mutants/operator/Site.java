// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A function that an operator looks for sites in.
 *
 * @param texts the files of the tree
 */
public record Site(Program program, FunctionRef function, Texts texts) {
  private static final int MAX_CALLERS = 12;

  Source source() {
    return texts.of(function.file());
  }

  FunctionFacts facts() {
    return program.facts(function);
  }

  /** The list operations of the function. */
  Stream<ListUses.Use> listUses() {
    return facts().operations().stream().flatMap(o -> use(o).stream());
  }

  private Optional<ListUses.Use> use(Operation operation) {
    return program
        .model()
        .find("list", operation.api())
        .map(a -> new ListUses.Use(a, function, operation));
  }

  /** The calls of its body that a family of the model knows, with the row. */
  Stream<Known> calls(String family) {
    return Calls.of(program.ir(function)).stream()
        .filter(c -> c.kind() == Instruction.CallKind.ORDINARY)
        .flatMap(c -> program.model().find(family, c.name()).map(a -> new Known(c, a)).stream());
  }

  /** A call with its row of the model. */
  record Known(Instruction.Call call, Api api) {}

  /** The call as it is spelled in the file; empty if it is not, as in a macro. */
  Optional<Source.Spelled> spelled(Instruction.Call call) {
    return source().call(call.name(), call.position());
  }

  Mutant mutant(
      String operator, int line, String what, List<Source.Edit> edits, Mutant.Known known) {
    return new Mutant(operator, function, line, what, edits, List.of(), known);
  }

  /** One with another text in the place of a call. */
  Mutant replaced(
      String operator, Source.Spelled call, String instead, String what, Mutant.Known known) {
    return mutant(
        operator,
        source().line(call.start()),
        what,
        List.of(new Source.Edit(call.start(), call.end(), instead)),
        known);
  }

  /** Nothing, unless there is something in the function that is not. */
  Mutant.Known understood() {
    return facts().analysed()
        ? Mutant.Known.NOTHING
        : Mutant.Known.obstacle("function not wholly understood");
  }

  /** A call that is a statement of its own, as it is spelled; empty if its result is used. */
  Optional<Source.Spelled> statement(Instruction.Call call) {
    return call.result().isPresent()
        ? Optional.empty()
        : spelled(call).filter(c -> source().text().startsWith(";", source().skipBlanks(c.end())));
  }

  /** An argument as it is spelled. */
  Optional<String> argument(Instruction.Call call, int index) {
    return spelled(call)
        .filter(c -> index <= c.commas().size())
        .map(
            c ->
                source()
                    .text(
                        index == 0 ? c.open() + 1 : c.commas().get(index - 1) + 1,
                        index < c.commas().size() ? c.commas().get(index) : c.close())
                    .strip());
  }

  /** An argument with copies followed. */
  Value canonical(Value value) {
    return Contexts.of(program).body(function).typing().canonical(value);
  }

  /** The files of those who call the function, two levels up; none if it is called everywhere. */
  List<String> callersFiles() {
    Set<FunctionRef> callers = new LinkedHashSet<>(program.callersOf(function));
    if (callers.size() > MAX_CALLERS) {
      return List.of();
    }
    for (FunctionRef caller : List.copyOf(callers)) {
      callers.addAll(program.callersOf(caller));
    }
    return callers.size() > MAX_CALLERS
        ? List.of()
        : callers.stream()
            .map(FunctionRef::file)
            .filter(f -> !f.equals(function.file()))
            .distinct()
            .toList();
  }
}
