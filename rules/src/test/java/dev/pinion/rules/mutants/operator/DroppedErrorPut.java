// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.HandedOut;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A put is left out on a path that fails, of what the function has found or counted itself and puts
 * on another path as well.
 */
record DroppedErrorPut(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.operating(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    if (!site.facts().analysed() || site.facts().operations().isEmpty()) {
      return List.of();
    }
    List<CountCalls.Count> counts = new CountCalls(site).all();
    List<CountCalls.Count> puts =
        counts.stream()
            .filter(c -> c.effect() == CountEffect.PUT && c.object().isVariable())
            .toList();
    return puts.stream()
        .filter(p -> puts.stream().anyMatch(o -> isOnAnotherPath(site, p, o)))
        .flatMap(p -> taking(site, p, counts).flatMap(t -> mutant(site, p, t)).stream())
        .toList();
  }

  private static boolean isOnAnotherPath(Site site, CountCalls.Count put, CountCalls.Count other) {
    Cfg cfg = site.program().ir(site.function()).cfg();
    return other.object().equals(put.object())
        && !other.call().equals(put.call())
        && !cfg.leads(put.call(), other.call())
        && !cfg.leads(other.call(), put.call());
  }

  /** The call by which the function has come by the reference, if it fails where it puts it. */
  private static Optional<Instruction.Call> taking(
      Site site, CountCalls.Count put, List<CountCalls.Count> counts) {
    Cfg cfg = site.program().ir(site.function()).cfg();
    if (!new FailingPath(cfg).isAt(put.call())) {
      return Optional.empty();
    }
    Optional<Instruction.Call> counted =
        counts.stream()
            .filter(c -> c.effect() != CountEffect.PUT && c.object().equals(put.object()))
            .map(CountCalls.Count::call)
            .filter(c -> cfg.leads(c, put.call()))
            .findFirst();
    return counted.or(() -> found(site, cfg, put));
  }

  /** The look-up whose result the variable is: what else is assigned to it is a constant. */
  private static Optional<Instruction.Call> found(Site site, Cfg cfg, CountCalls.Count put) {
    List<Instruction.Call> all = new ArrayList<>();
    for (BasicBlock block : cfg.blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && assign.target().equals(put.object())
            && !(assign.value() instanceof Value.Constant)) {
          Optional<Instruction.Call> producer = producer(cfg, assign.value());
          if (producer.isEmpty()) {
            return Optional.empty();
          }
          all.add(producer.get());
        } else if (instruction instanceof Instruction.Call call
            && call.result().filter(put.object()::equals).isPresent()) {
          all.add(call);
        }
      }
    }
    return all.stream().allMatch(c -> hands(site, c))
        ? all.stream().filter(c -> cfg.leads(c, put.call())).findFirst()
        : Optional.empty();
  }

  private static Optional<Instruction.Call> producer(Cfg cfg, Value value) {
    if (!(value instanceof Value.Load load) || !load.path().isTemporary()) {
      return Optional.empty();
    }
    AccessPath temporary = load.path();
    return cfg.blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .filter(i -> i instanceof Instruction.Call)
        .map(i -> (Instruction.Call) i)
        .filter(c -> c.result().filter(temporary::equals).isPresent())
        .findFirst();
  }

  private static boolean hands(Site site, Instruction.Call call) {
    return site.program().model().does(call.name(), "reference", "take")
        || Acquisitions.of(site.program()).acquires(call.name(), site.function().file())
            == Acquisitions.Acquisition.YES;
  }

  private Optional<Mutant> mutant(Site site, CountCalls.Count put, Instruction.Call taking) {
    return site.statement(put.call())
        .map(
            c ->
                site.replaced(
                    id,
                    c,
                    "(void)0",
                    "without "
                        + put.call().name()
                        + "() on a path that fails, of what "
                        + taking.name()
                        + "() gave",
                    known(site, put, taking)));
  }

  private static Mutant.Known known(Site site, CountCalls.Count put, Instruction.Call taking) {
    List<CountCalls.Count> counts = new CountCalls(site).all();
    boolean sure =
        site.program().model().does(taking.name(), "reference", "take")
            || counts.stream().anyMatch(c -> c.call().equals(taking))
            || HandedOut.of(site.program()).by(taking.name(), site.function().file());
    if (!sure) {
      return Mutant.Known.obstacle("that the look-up always takes a reference is not sure");
    }
    Mutant.Known here = new Passing(site, put).since(taking);
    boolean elsewhere =
        counts.stream()
            .filter(c -> c.effect() == CountEffect.PUT && isOnAnotherPath(site, put, c))
            .anyMatch(c -> new Passing(site, c).since(taking).equals(Mutant.Known.NOTHING));
    return here.equals(Mutant.Known.NOTHING) && !elsewhere
        ? Mutant.Known.obstacle("all other puts come after the pointer may have been kept")
        : here;
  }
}
