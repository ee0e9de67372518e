// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.CallGraph;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether those who call a function call it again and again, so that what it does not test they do.
 *
 * @param lines a call in a loop; or the way to a call in none
 */
record Repeat(Kind kind, List<Related> lines) {
  private static final int MAX_LEVELS = 3;

  Repeat {
    lines = List.copyOf(lines);
  }

  /** What is known of the calls. */
  enum Kind {
    /** All of them stand in loops, or their callers' do. */
    ALWAYS,
    /** One stands in none, up to where the core comes in. */
    NOT,
    /** A way in is not known. */
    UNKNOWN
  }

  static Repeat of(Program program, FunctionRef function) {
    return of(program, function, MAX_LEVELS);
  }

  private static Repeat of(Program program, FunctionRef function, int levels) {
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    if (!ways.isEmpty() && ways.stream().allMatch(w -> w instanceof CallGraph.Way.Core)) {
      return new Repeat(Kind.NOT, List.of(entry(program, function)));
    }
    Optional<List<CallSites.Site>> sites = CallSites.into(program, function);
    if (sites.isEmpty() || sites.get().isEmpty() || levels == 0) {
      return new Repeat(
          Kind.UNKNOWN,
          List.of(
              new Related(
                  Location.of(function.file(), program.facts(function).position()),
                  "who calls " + function.name() + "(), and whether again, is not known")));
    }
    List<Related> loops = new ArrayList<>();
    Optional<Repeat> unknown = Optional.empty();
    for (CallSites.Site site : sites.get()) {
      Instruction.Call call = site.call();
      Related line =
          new Related(
              Location.of(site.caller().file(), call.position()),
              site.caller().name() + "() calls " + function.name() + "()");
      if (site.body().function().cfg().leads(call, call)) {
        loops.add(new Related(line.location(), line.message() + " in a loop"));
        continue;
      }
      Repeat above = of(program, site.caller(), levels - 1);
      if (above.kind() == Kind.NOT) {
        List<Related> lines = new ArrayList<>(List.of(line));
        lines.addAll(above.lines());
        return new Repeat(Kind.NOT, lines);
      }
      if (above.kind() == Kind.UNKNOWN) {
        unknown = Optional.of(above);
      }
      loops.addAll(above.lines());
    }
    return unknown.orElse(new Repeat(Kind.ALWAYS, loops));
  }

  private static Related entry(Program program, FunctionRef function) {
    return new Related(
        Location.of(function.file(), program.facts(function).position()),
        "the kernel's core calls " + function.name() + "()");
  }
}
