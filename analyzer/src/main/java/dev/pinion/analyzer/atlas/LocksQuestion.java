// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import dev.pinion.analyzer.atlas.LocksAnswer.Gap;
import dev.pinion.analyzer.atlas.LocksAnswer.Way;
import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.CallGraph;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers {@code atlas locks}. */
final class LocksQuestion {
  /** How far up a chain is shown. */
  private static final int MAX_LEVELS = 3;

  private static final String RCU = "rcu";

  private final Program program;
  private final Handouts handouts;

  LocksQuestion(Program program) {
    this.program = program;
    this.handouts = new Handouts(program);
  }

  LocksAnswer ask(FunctionRef function) {
    Holding onEntry = Holding.onEntry(function, program);
    List<Way> ways = ways(function, MAX_LEVELS);
    return new LocksAnswer(
        Place.of(function, program), onEntry, ways, gap(function, onEntry, ways));
  }

  private List<Way> ways(FunctionRef function, int levels) {
    List<CallGraph.Way> known = CallGraph.of(program).into(function);
    List<Way> ways = new ArrayList<>();
    if (known.size() > Slots.MAX_BODIES) {
      return ways;
    }
    for (CallGraph.Way way : known) {
      if (way instanceof CallGraph.Way.Core core) {
        handouts.of(function, core.escape()).forEach(h -> ways.add(new Way.Given(h, byCore(h))));
      } else if (way instanceof CallGraph.Way.Unknown unknown) {
        handouts.of(function, unknown.escape()).forEach(h -> ways.add(new Way.Given(h, byCore(h))));
      } else {
        way.caller().ifPresent(c -> ways.addAll(calls(c, function, way, levels)));
      }
    }
    return ways;
  }

  private List<Way> calls(FunctionRef caller, FunctionRef callee, CallGraph.Way by, int levels) {
    List<Way> ways = new ArrayList<>();
    boolean inherits = levels > 1 && !Holding.onEntry(caller, program).isNothing();
    Contexts.Body body = Contexts.of(program).body(caller);
    for (Instruction.Call call : Calls.of(body.function())) {
      if (CallSites.isBy(by, callee, body, call)) {
        ways.add(
            new Way.Call(
                new Place(Location.of(caller.file(), call.position()), caller.name()),
                Holding.at(caller, call.position(), program),
                inherits ? ways(caller, levels - 1) : List.of()));
      }
    }
    return ways;
  }

  /** What the core holds by the model's rows when it calls back; nothing if that is not known. */
  private static Holding byCore(Handout handout) {
    List<TypedLock> locks = new ArrayList<>();
    List<Holding.OpenSection> sections = new ArrayList<>();
    Location where = handout.place().location();
    for (String held : handout.execution().holds()) {
      if (held.equals(RCU)) {
        sections.add(new Holding.OpenSection(held, where));
      } else {
        TypedLock.Scope scope =
            held.startsWith("struct ") ? TypedLock.Scope.PER_OBJECT : TypedLock.Scope.GLOBAL;
        locks.add(new TypedLock(held, scope, "", HeldLock.Mode.EXCLUSIVE, where));
      }
    }
    return new Holding(locks, sections, Holding.Ways.ALL_KNOWN);
  }

  private Gap gap(FunctionRef function, Holding onEntry, List<Way> ways) {
    if (ways.isEmpty()) {
      return CallGraph.of(program).into(function).isEmpty() ? Gap.NEVER_CALLED : Gap.LIMIT;
    }
    if (Contexts.of(program).isKnown(function)) {
      return Gap.NONE;
    }
    if (onEntry.isNothing() && !common(ways).isEmpty()) {
      return Gap.LIMIT;
    }
    if (CallGraph.of(program).into(function).stream()
        .anyMatch(w -> w instanceof CallGraph.Way.Unknown)) {
      return Gap.HANDED_OUT;
    }
    boolean nothingCommon = onEntry.isNothing() && ways.size() > 1;
    return nothingCommon ? Gap.NOTHING_COMMON : Gap.CALLER_UNKNOWN;
  }

  /** Names of what all ways have in common, as far as each of them is known. */
  private static Set<String> common(List<Way> ways) {
    Set<String> common = names(ways.get(0).holding());
    ways.forEach(w -> common.retainAll(names(w.holding())));
    return common;
  }

  private static Set<String> names(Holding holding) {
    Set<String> names = new HashSet<>();
    holding.locks().forEach(l -> names.add("lock " + l.identity()));
    holding.sections().forEach(s -> names.add("section " + s.flavour()));
    return names;
  }
}
