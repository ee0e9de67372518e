// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that happens to pins in one function, over all its paths. If these are too many, each symbol
 * is followed as if the others were no symbols, and only what is used though it is not there is
 * told: for that one path is enough.
 */
final class PinReport {
  /** A use of something whose pin is not there. */
  record Use(int site, String value, AccessPath path, Position position, World world) {}

  /**
   * A use of a symbol that is not there.
   *
   * @param below where the function that it is passed to follows it; empty if it is used here
   */
  record Absent(Site site, AccessPath path, Position position, Optional<Related> below) {}

  /** A put; {@code site} is -1 if it is of no pin taken here. */
  record Put(Instruction.Call call, String key, int site) {}

  /** A put by an address that comes from elsewhere. */
  record AddressPut(Instruction.Call call, AccessPath path) {}

  /** A put of what the path does not hold. */
  record Unheld(Instruction.Call call, String key, World world) {}

  /** The end of a path. */
  record End(World world, Position position, Optional<String> value) {
    /** Whether it ends in failure, so that the caller will not undo what was done. */
    boolean fails() {
      return value.isPresent() && isError(world.facts().known(value.get()));
    }

    /** This one, unless it is less likely than the other. */
    End likelier(End other) {
      return world.isUnlikely() ? other : this;
    }

    /** Whether a value is neither NULL nor an error code, which own nothing. */
    boolean isSomething(String what) {
      Known known = world.facts().known(what);
      return !known.isZero() && !isError(known);
    }

    private static boolean isError(Known known) {
      return known.error() == Known.Answer.YES || known.sign() == Known.Answer.YES;
    }

    /** The stashes of a pin that hold something. */
    List<Pin.Stash> kept(Pin pin) {
      return pin.stashes().stream().filter(s -> isSomething(s.value())).toList();
    }
  }

  private final PinContext context;
  private Worlds.Extent extent = Worlds.Extent.CUT;
  private final Set<Absent> absentUses = new LinkedHashSet<>();
  private final Set<Use> droppedUses = new LinkedHashSet<>();
  private final Set<Put> puts = new LinkedHashSet<>();
  private final Set<Put> callersPuts = new LinkedHashSet<>();
  private final Set<AddressPut> addressPuts = new LinkedHashSet<>();
  private final List<Unheld> unheld = new ArrayList<>();
  private final List<End> ends = new ArrayList<>();
  private final List<End> again = new ArrayList<>();

  private PinReport(PinContext context) {
    this.context = context;
  }

  /** The report on a function, made once. */
  static PinReport of(FunctionRef function, Program program) {
    return program.memo(List.of(PinReport.class, function), () -> make(function, program));
  }

  private static PinReport make(FunctionRef function, Program program) {
    PinContext context = new PinContext(function, program);
    PinReport report = of(context);
    if (report.extent == Worlds.Extent.CUT) {
      for (Site site : context.sites()) {
        report.absentUses.addAll(of(context.only(site)).absentUses);
      }
    }
    return report;
  }

  private static PinReport of(PinContext context) {
    PinReport report = new PinReport(context);
    PinAnalysis analysis = new PinAnalysis(new PinTransfer(context), context.interest());
    Solution<Worlds> solution = Solver.forward(context.function().cfg(), analysis);
    boolean cut =
        context.function().cfg().blocks().stream()
            .flatMap(b -> solution.exit(b.id()).stream())
            .anyMatch(w -> w.extent() == Worlds.Extent.CUT);
    if (!cut && solution.complete()) {
      report.collect(solution, analysis);
      report.extent = Worlds.Extent.COMPLETE;
    }
    return report;
  }

  private void collect(Solution<Worlds> solution, PinAnalysis analysis) {
    Collector collector = new Collector();
    for (BasicBlock block : context.function().cfg().blocks()) {
      Optional<Worlds> entry = solution.entry(block.id());
      if (entry.isEmpty()) {
        continue;
      }
      Worlds worlds = entry.get();
      for (Instruction instruction : block.instructions()) {
        worlds = analysis.after(instruction, worlds, collector);
      }
      if (block.terminator() instanceof Terminator.Return leave) {
        for (World world : worlds.all()) {
          ends.add(end(leave, world));
        }
      }
    }
  }

  /** How a path ends that comes to a return. */
  End end(Terminator.Return leave, World before) {
    World world = leave.value().map(v -> PinUses.tested(v, before)).orElse(before);
    return new End(world, position(leave), leave.value().map(v -> world.facts().value(v)));
  }

  /** The return statement, or the closing brace of a function that has none. */
  private Position position(Terminator.Return leave) {
    return leave.position().line() > 0
        ? leave.position()
        : new Position(context.function().endLine(), 1);
  }

  PinContext context() {
    return context;
  }

  /** Whether all paths were followed; if not, the report has only {@link #absentUses}. */
  Worlds.Extent extent() {
    return extent;
  }

  /** Uses of a symbol that is not there. */
  Set<Absent> absentUses() {
    return absentUses;
  }

  /** Uses of something of a provider whose pin was dropped. */
  Set<Use> droppedUses() {
    return droppedUses;
  }

  /** Puts of pins taken here. */
  Set<Put> puts() {
    return puts;
  }

  /** Puts of pins that were held when the function was entered, if they were. */
  Set<Put> callersPuts() {
    return callersPuts;
  }

  Set<AddressPut> addressPuts() {
    return addressPuts;
  }

  List<Unheld> unheld() {
    return unheld;
  }

  /** The ends of all paths. */
  List<End> ends() {
    return ends;
  }

  /** Paths on which a loop takes a symbol again without having put it. */
  List<End> takenAgain(int site) {
    return again.stream().filter(e -> e.value().equals(Optional.of(String.valueOf(site)))).toList();
  }

  private final class Collector implements PinEvents {
    @Override
    public void usedAbsent(int site, AccessPath path, Position position) {
      absentUses.add(new Absent(context.site(site), path, position, Optional.empty()));
    }

    @Override
    public void passedAbsent(int site, AccessPath path, Position position, Related below) {
      absentUses.add(new Absent(context.site(site), path, position, Optional.of(below)));
    }

    @Override
    public void usedDropped(
        int site, String value, AccessPath path, Position position, World world) {
      droppedUses.add(new Use(site, value, path, position, world));
    }

    @Override
    public void putUnheld(Instruction.Call put, String key, World world) {
      unheld.add(new Unheld(put, key, world));
    }

    @Override
    public void putOfCaller(Instruction.Call put, String key) {
      callersPuts.add(new Put(put, key, -1));
    }

    @Override
    public void putHeld(Instruction.Call put, int site) {
      puts.add(new Put(put, context.site(site).key(), site));
    }

    @Override
    public void putByAddress(Instruction.Call put, AccessPath path) {
      addressPuts.add(new AddressPut(put, path));
    }

    @Override
    public void takenAgain(int site, World world) {
      again.add(
          new End(world, context.site(site).call().position(), Optional.of(String.valueOf(site))));
    }
  }
}
