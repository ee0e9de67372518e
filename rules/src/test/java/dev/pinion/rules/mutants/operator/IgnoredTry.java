// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A get that may fail is taken for one that has not: {@code if (!(pump_get(p), 1))}. */
record IgnoredTry(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.operating(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().operations().isEmpty()
        ? List.of()
        : new CountCalls(site)
            .all(CountEffect.TRY_GET).stream().flatMap(c -> mutant(site, c).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, CountCalls.Count get) {
    Optional<String> success = new CountCalls(site).success(get).filter("1"::equals);
    return success
        .filter(s -> saysSo(site, get))
        .flatMap(
            s ->
                site.spelled(get.call())
                    .map(
                        c ->
                            site.mutant(
                                id,
                                site.source().line(c.start()),
                                "whether " + get.call().name() + "() failed is not asked",
                                List.of(
                                    new Source.Edit(c.start(), c.start(), "("),
                                    new Source.Edit(c.end(), c.end(), ", 1)")),
                                known(site, get))));
  }

  private static Mutant.Known known(Site site, CountCalls.Count get) {
    Program program = site.program();
    boolean plain =
        program.resolve(get.call().name(), site.function().file()).stream()
            .flatMap(f -> program.operations(f).stream())
            .flatMap(o -> program.model().find("object", o.api()).stream())
            .anyMatch(a -> a.is("plain"));
    if (plain) {
      return Mutant.Known.obstacle("counted by an atomic_t");
    }
    boolean isInt =
        program
            .resolve(get.call().name(), site.function().file())
            .filter(f -> !program.facts(f).returnType().name().equals("bool"))
            .isPresent();
    return isInt && !isPrimitive(program, get.call().name())
        ? Mutant.Known.obstacle("the try-get returns an int")
        : site.understood();
  }

  private static boolean isPrimitive(Program program, String name) {
    return program.model().does(name, "object", "try-get");
  }

  /** Whether it surely gives zero if it has failed: it is a primitive, or returns what one says. */
  private static boolean saysSo(Site site, CountCalls.Count get) {
    Program program = site.program();
    Optional<FunctionRef> called = program.resolve(get.call().name(), site.function().file());
    return isPrimitive(program, get.call().name())
        || called
            .filter(
                f ->
                    program.facts(f).returnType().name().equals("bool")
                        || returnsAnswer(program, program.ir(f)))
            .isPresent();
  }

  private static boolean returnsAnswer(Program program, Function body) {
    List<Value> answers =
        Calls.of(body).stream()
            .filter(c -> isPrimitive(program, c.name()))
            .flatMap(c -> c.result().stream())
            .map(r -> (Value) new Value.Load(r))
            .toList();
    return body.cfg().blocks().stream()
        .map(BasicBlock::terminator)
        .filter(t -> t instanceof Terminator.Return)
        .allMatch(t -> ((Terminator.Return) t).value().filter(answers::contains).isPresent());
  }
}
