// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A reference is taken on an object whose count may be zero already, and nobody asks. */
@AutoService(Rule.class)
public final class GetFromZero implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-get-from-zero",
          Tier.WARNING,
          "a reference is taken on an object whose count may be zero",
          List.of("put-takes-lock"));

  private static final NameTable TRYING = new NameTable("GetFromZero.trying", GetFromZero::trying);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    Set<String> files = new TreeSet<>();
    trying(program).forEach(n -> files.addAll(program.files(Term.CALL, n)));
    files.addAll(new DyingEntries(program).files());
    return files;
  }

  private static Set<String> trying(Program program) {
    return program.settled(
        "GetFromZero.all trying",
        () -> {
          Set<String> all = new TreeSet<>(Takers.trying(program));
          all.addAll(Takers.tryingByAny(program));
          return all;
        });
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return program.callees(function).stream().anyMatch(c -> TRYING.has(c, program))
        || new DyingEntries(program).mayFind(function);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    if (program.callees(function).stream().anyMatch(c -> TRYING.has(c, program))) {
      Function body = program.ir(function);
      for (Instruction.Call call : Calls.of(body)) {
        if (TRYING.has(call.name(), program)
            && isTry(call, function, program)
            && Ignored.is(call, body)) {
          report.finding(ignored(program, function, body, call));
        }
      }
    }
    for (DyingEntries.Entry entry : new DyingEntries(program).in(function)) {
      judge(function, entry, report);
    }
  }

  /** Whether it says no by zero; whoever gets a pointer back may have one already. */
  private static boolean isTry(Instruction.Call call, FunctionRef function, Program program) {
    Optional<CType> returned =
        program.resolve(call.name(), function.file()).map(f -> program.facts(f).returnType());
    boolean isKnown =
        program.model().does(call.name(), "object", "try-get")
            || program.model().does(call.name(), "counted", "try-get");
    return isKnown
        ? returned.filter(CType::isPointer).isEmpty()
        : returned.filter(t -> !t.isPointer() && t.name().equals("bool")).isPresent()
            && CountCall.of(call, function, program)
                .filter(c -> c.effect() == CountEffect.TRY_GET)
                .isPresent();
  }

  private static Finding ignored(
      Program program, FunctionRef function, Function body, Instruction.Call call) {
    Optional<Instruction.Call> put = put(program, function, body, call);
    Location here = Location.of(function.file(), call.position());
    Related story =
        put.map(
                p ->
                    new Related(
                        Location.of(function.file(), p.position()),
                        p.name() + "() drops it all the same"))
            .orElseGet(
                () ->
                    new Related(
                        here,
                        "latent only: whether it is held by other means, and who drops it, is not"
                            + " known"));
    return finding(
        put.isPresent() ? Tier.WARNING : Tier.LATENT,
        function,
        call,
        "the result of "
            + call.name()
            + "() is ignored: if it has failed, no reference is held here",
        List.of(story));
  }

  /**
   * The put of the same object that a path from the get comes to. A function of the tree that says
   * no is often called by somebody who has a reference, and one's own module is held by whoever
   * runs it.
   */
  private static Optional<Instruction.Call> put(
      Program program, FunctionRef function, Function body, Instruction.Call get) {
    Optional<AccessPath> object = object(get);
    if (object.isEmpty()
        || body.variable(object.get().root()).isEmpty()
        || program.model().find("object", get.name()).isEmpty()) {
      return Optional.empty();
    }
    return Calls.of(body).stream()
        .filter(
            c ->
                program.model().does(c.name(), "counted", "put")
                    || CountCall.of(c, function, program)
                        .filter(p -> p.effect() == CountEffect.PUT)
                        .isPresent())
        .filter(c -> object.equals(object(c)))
        .filter(c -> body.cfg().leads(get, c))
        .findFirst();
  }

  /** The pointer that the first argument is, or leads through. */
  private static Optional<AccessPath> object(Instruction.Call call) {
    if (call.arguments().isEmpty()) {
      return Optional.empty();
    }
    Value value = call.arguments().get(0);
    return value instanceof Value.Load load
        ? Optional.of(load.path())
        : value instanceof Value.AddressOf address
            ? Optional.of(address.path().holder())
            : Optional.empty();
  }

  private static void judge(FunctionRef function, DyingEntries.Entry entry, Report report) {
    if (entry.lock().isEmpty()) {
      return; // Why no two of them meet is not known.
    }
    Optional<Related> excuse = entry.putUnderLock();
    if (excuse.isPresent()) {
      report.excused(
          new Excused(
              INFO.id(),
              Location.of(function.file(), entry.get().position()),
              function.name(),
              "put-takes-lock",
              "the last put holds the lock under which the entry is found",
              List.of(excuse.get())));
      return;
    }
    if (entry.isUnsure()) {
      return;
    }
    report.finding(
        finding(
            Tier.WARNING,
            function,
            entry.get(),
            entry.get().name()
                + "() of an entry of '"
                + entry.field()
                + "' whose count may be zero: it is removed only after that",
            new ArrayList<>(entry.story())));
  }

  private static Finding finding(
      Tier tier, FunctionRef function, Instruction.Call call, String message, List<Related> story) {
    return new Finding(
        INFO.id(),
        tier,
        Location.of(function.file(), call.position()),
        function.name(),
        message,
        story);
  }
}
