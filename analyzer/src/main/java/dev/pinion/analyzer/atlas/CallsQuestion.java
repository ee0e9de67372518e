// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer.Callee;
import dev.pinion.analyzer.atlas.CallsAnswer.Caller;
import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import dev.pinion.analyzer.atlas.CallsAnswer.OfFunction;
import dev.pinion.analyzer.atlas.CallsAnswer.OfSlot;
import dev.pinion.analyzer.atlas.CallsAnswer.Precision;
import dev.pinion.analyzer.atlas.CallsAnswer.Via;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrappers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Answers {@code atlas calls}. */
final class CallsQuestion {
  private final Program program;
  private final Slots slots;
  private final Handouts handouts;

  CallsQuestion(Program program) {
    this.program = program;
    this.slots = new Slots(program);
    this.handouts = new Handouts(program);
  }

  OfSlot ask(FieldRef field) {
    return slots.of(field);
  }

  OfFunction ask(FunctionRef function) {
    List<Handout> given = new ArrayList<>();
    List<Handout> lookups = new ArrayList<>();
    for (Handout handout : handouts.of(function)) {
      (isLookup(handout) ? lookups : given).add(handout);
    }
    return new OfFunction(
        Place.of(function, program),
        callers(function),
        given,
        lookups,
        throughSlots(function),
        callees(function));
  }

  private boolean isLookup(Handout handout) {
    return !handout.registrar().isEmpty()
        && SymbolWrappers.of(program)
            .find(handout.registrar(), handout.place().location().file())
            .filter(w -> w.argument() == handout.argument())
            .filter(w -> w.effect() != SymbolWrapper.Effect.FORWARD)
            .isPresent();
  }

  private List<Caller> callers(FunctionRef function) {
    List<FunctionRef> callers = program.callersOf(function);
    SortedSet<Caller> all = new TreeSet<>();
    for (FunctionRef caller : callers) {
      List<Instruction.Call> calls =
          callers.size() <= Slots.MAX_BODIES
              ? Calls.of(program.ir(caller), function.name())
              : List.of();
      calls.forEach(
          c ->
              all.add(
                  new Caller(
                      new Place(Location.of(caller.file(), c.position()), caller.name()),
                      Precision.CALL)));
      if (calls.isEmpty()) {
        all.add(new Caller(Place.of(caller, program), Precision.FUNCTION));
      }
    }
    return List.copyOf(all);
  }

  private List<OfSlot> throughSlots(FunctionRef function) {
    Set<FieldRef> fields = new TreeSet<>();
    OpsTables.of(program).escapesOf(function).forEach(e -> e.field().ifPresent(fields::add));
    return fields.stream().map(slots::of).toList();
  }

  private List<Callee> callees(FunctionRef ref) {
    Function function = program.ir(ref);
    Typing typing = new Typing(function, program.model());
    List<Callee> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(function)) {
      Location at = Location.of(ref.file(), call.position());
      if (call.callee() instanceof Instruction.Callee.Indirect through) {
        all.add(throughPointer(at, through, typing, ref.file()));
      } else {
        List<Place> targets =
            program.resolve(call.name(), ref.file()).map(f -> Place.of(f, program)).stream()
                .toList();
        all.add(new Callee(at, Via.NAME, call.name(), targets));
      }
    }
    all.sort(Comparator.comparing(Callee::at).thenComparing(Callee::name));
    return all;
  }

  private Callee throughPointer(
      Location at, Instruction.Callee.Indirect through, Typing typing, String file) {
    Optional<FieldRef> field = slots.slot(through, typing, file);
    return field
        .map(
            f ->
                new Callee(
                    at,
                    Via.SLOT,
                    f.toString(),
                    OpsTables.of(program).implementations(f).stream()
                        .map(i -> Place.of(i, program))
                        .sorted()
                        .toList()))
        .orElseGet(() -> new Callee(at, Via.POINTER, through.path().toString(), List.of()));
  }
}
