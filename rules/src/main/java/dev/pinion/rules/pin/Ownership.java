// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose reference stands behind a pointer at the moment it is stored. */
final class Ownership {
  /** How far up callers are asked. */
  private static final int MAX_LEVELS = 2;

  /** What is known. */
  enum Kind {
    /** A reference was taken for this pointer. */
    TAKEN,
    /** The holder of the stored pointer gets a reference that somebody else had. */
    TRANSFERRED,
    /** Nobody took one: the reference, if any, stays with somebody else. */
    BORROWED,
    UNKNOWN
  }

  /** An answer and the lines that show it. */
  record Answer(Kind kind, List<Related> proof) {
    static final Answer UNKNOWN = new Answer(Kind.UNKNOWN, List.of());

    static Answer of(Kind kind, Related... proof) {
      return new Answer(kind, List.of(proof));
    }
  }

  private final Program program;

  Ownership(Program program) {
    this.program = program;
  }

  /** Whose reference is stored; for a store for which facts alone gave no answer. */
  Answer of(Stash stash) {
    Optional<Instruction> store = stash.instruction();
    if (store.isEmpty()) {
      return Answer.UNKNOWN;
    }
    if (store.get() instanceof Instruction.Call call) {
      return ofResult(stash.function(), call.name(), call);
    }
    Instruction.Assign assign = (Instruction.Assign) store.get();
    Value value = stash.body().typing().canonical(assign.value());
    if (!(value instanceof Value.Load load)) {
      return Answer.UNKNOWN;
    }
    if (!load.path().isVariable()) {
      return PointerUses.in(program, stash.function()).isMoved(load.path())
          ? moved(stash, load.path())
          : Answer.of(Kind.BORROWED);
    }
    return ofVariable(stash.function(), load.path(), assign, MAX_LEVELS);
  }

  private Answer ofResult(FunctionRef function, String producer, Instruction at) {
    Related where =
        new Related(
            Location.of(function.file(), at.position()),
            producer + "() returns a pointer with a reference");
    return switch (Acquisitions.of(program).acquires(producer, function.file())) {
      case YES -> Answer.of(Kind.TRANSFERRED, where);
      // It may hand a reference out in ways that its facts do not show.
      case NO, UNKNOWN -> Answer.UNKNOWN;
    };
  }

  /** What the function itself holds when it stores or passes on one of its variables. */
  private Answer ofVariable(FunctionRef function, AccessPath path, Instruction at, int levels) {
    PointerUses uses = PointerUses.in(program, function);
    Optional<Instruction.Call> get = uses.get(path);
    if (get.isPresent()) {
      return Answer.of(
          Kind.TAKEN,
          new Related(
              Location.of(function.file(), get.get().position()),
              get.get().name() + "() takes a reference"));
    }
    int parameter = uses.body().function().parameterIndex(path.root());
    if (parameter >= 0) {
      return uses.isReassigned(path) ? Answer.UNKNOWN : ofCallers(function, parameter, levels);
    }
    Optional<Instruction> definition = uses.body().typing().definition(path.root());
    if (definition.isEmpty() || !(definition.get() instanceof Instruction.Call producer)) {
      return Answer.UNKNOWN;
    }
    Answer produced = ofResult(function, producer.name(), producer);
    return produced.kind() == Kind.TRANSFERRED
        ? uses.putAfter(path, at).map(put -> givenBack(function, put)).orElse(produced)
        : produced;
  }

  /** If every path from the store on gives the reference back, nothing stays with the holder. */
  private static Answer givenBack(FunctionRef function, Instruction.Call put) {
    return Answer.of(
        Kind.BORROWED,
        new Related(
            Location.of(function.file(), put.position()),
            "the reference is given back after that"));
  }

  private static Answer moved(Stash stash, AccessPath source) {
    return Answer.of(
        Kind.TRANSFERRED,
        new Related(stash.location(), "the reference of '" + Shown.path(source) + "' moves here"));
  }

  /** What the callers of a function hold of what they pass. */
  private Answer ofCallers(FunctionRef function, int parameter, int levels) {
    Optional<List<CallSites.Site>> sites = CallSites.into(program, function);
    if (levels == 0 || sites.isEmpty()) {
      return Answer.UNKNOWN;
    }
    List<Answer> answers = new ArrayList<>();
    for (CallSites.Site site : sites.get()) {
      Value argument = site.argument(parameter).orElse(Value.ZERO);
      if (!argument.equals(Value.ZERO)) {
        answers.add(ofArgument(site.caller(), argument, site.call(), levels - 1));
      }
    }
    return combine(answers);
  }

  private Answer ofArgument(FunctionRef caller, Value argument, Instruction.Call call, int levels) {
    if (!(argument instanceof Value.Load load)) {
      return Answer.UNKNOWN;
    }
    if (load.path().isVariable()) {
      return ofVariable(caller, load.path(), call, levels);
    }
    PointerUses uses = PointerUses.in(program, caller);
    if (uses.get(load.path()).isPresent()) {
      return Answer.of(Kind.TAKEN);
    }
    return uses.isMoved(load.path()) ? Answer.UNKNOWN : Answer.of(Kind.BORROWED);
  }

  /** What holds for all of them; nobody at all lends. */
  private static Answer combine(List<Answer> answers) {
    List<Related> proof = new ArrayList<>();
    boolean borrowed = answers.stream().allMatch(a -> a.kind() == Kind.BORROWED);
    boolean given =
        answers.stream().allMatch(a -> a.kind() == Kind.TAKEN || a.kind() == Kind.TRANSFERRED);
    if (borrowed) {
      return new Answer(Kind.BORROWED, List.of());
    }
    answers.forEach(a -> proof.addAll(a.proof()));
    return given ? new Answer(Kind.TRANSFERRED, proof) : Answer.UNKNOWN;
  }
}
