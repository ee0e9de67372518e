// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts for how many operands of list operations, locks, counters and calls through pointers the
 * struct and the field are known. Run by {@code bench/operands TREE}.
 */
final class OperandLedger {
  private static final List<String> COUNTERS = List.of("get", "try-get", "put", "pin", "unpin");

  private OperandLedger() {}

  /** What is known of an operand. */
  enum Knowledge {
    FIELD,
    /** A variable of the file or of the function is the list, lock or counter itself. */
    VARIABLE,
    /** A pointer to the list head, lock or counter itself: what it is in, only callers know. */
    BARE_POINTER,
    UNKNOWN
  }

  /** What was counted: by kind and knowledge, and where nothing is known. */
  static final class Ledger {
    final Map<String, int[]> counts = new TreeMap<>();
    final List<Related> unknown = new ArrayList<>();

    private void add(String kind, TypedPath path, FunctionRef ref, Program program) {
      Knowledge knowledge = knowledge(path, ref, program);
      counts
          .computeIfAbsent(kind, k -> new int[Knowledge.values().length])[
          List.of(Knowledge.values()).indexOf(knowledge)]++;
      if (knowledge == Knowledge.UNKNOWN) {
        Location where = Location.of(ref.file(), program.facts(ref).position());
        unknown.add(new Related(where, kind + "\t" + ref.name() + "\t" + path));
      }
    }

    String table() {
      StringBuilder text =
          new StringBuilder(
              "operand                field   variable  bare pointer  unknown   known");
      counts.forEach(
          (kind, n) ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "%n%-20s %8d %9d %12d %8d %6.2f %%",
                      kind,
                      n[0],
                      n[1],
                      n[2],
                      n[3],
                      100.0 * (n[0] + n[1]) / (n[0] + n[1] + n[3]))));
      return text.toString();
    }
  }

  /** A rule that counts everything at its only candidate. */
  private static final class EveryOperand implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("operand-ledger", Tier.LATENT, "every operand", List.of());
    }

    @Override
    public Collection<String> files(Program program) {
      return program.paths();
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return first(program).filter(function::equals).isPresent();
    }

    private static Optional<FunctionRef> first(Program program) {
      return program.paths().stream().flatMap(p -> program.functionsIn(p).stream()).findFirst();
    }

    @Override
    public void check(FunctionRef first, Program program, Report report) {
      Ledger ledger = ledger(program);
      Location where = Location.of(first.file(), program.facts(first).position());
      report.finding(
          new Finding(
              info().id(), Tier.LATENT, where, first.name(), ledger.table(), ledger.unknown));
    }
  }

  /** Counts the operands of a program. */
  static Ledger ledger(Program program) {
    Ledger ledger = new Ledger();
    for (String path : program.paths()) {
      for (FunctionRef ref : program.functionsIn(path)) {
        count(ref, program.facts(ref), program, ledger);
      }
    }
    return ledger;
  }

  private static void count(FunctionRef ref, FunctionFacts f, Program program, Ledger ledger) {
    for (Operation operation : f.operations()) {
      boolean list = program.model().find("list", operation.api()).isPresent();
      boolean counter =
          program.model().does(operation.api(), "object", COUNTERS.toArray(new String[0]));
      if (list || counter) {
        operation.operands().stream()
            .limit(list ? operation.operands().size() : 1)
            .filter(o -> o.form() == Operand.Form.ADDRESS)
            .forEach(o -> ledger.add(list ? "list" : "counter", o.path(), ref, program));
      }
    }
    Set<TypedPath> locks = new LinkedHashSet<>();
    for (LockFacts.Region region : f.locks().regions()) {
      region.locks().forEach(l -> locks.add(l.lock()));
      region.released().forEach(l -> locks.add(l.lock()));
    }
    locks.forEach(l -> ledger.add("lock", l, ref, program));
    for (TypedPath call : f.indirectCalls()) {
      if (call.steps().stream().anyMatch(s -> s instanceof Step.Arrow || s instanceof Step.Dot)) {
        ledger.add("call through a member", call, ref, program);
      }
    }
  }

  private static Knowledge knowledge(TypedPath path, FunctionRef ref, Program program) {
    Optional<Types.Place> place = program.types().resolve(path, ref.file());
    if (place.flatMap(Types.Place::field).isPresent()) {
      return Knowledge.FIELD;
    }
    boolean members =
        path.steps().stream().anyMatch(s -> s instanceof Step.Arrow || s instanceof Step.Dot);
    if (members || path.origin() == TypedPath.Origin.UNKNOWN) {
      return Knowledge.UNKNOWN;
    }
    boolean pointer = path.steps().stream().anyMatch(s -> s instanceof Step.Deref);
    boolean typed = path.type().kind() != CType.Kind.UNKNOWN;
    return pointer
        ? Knowledge.BARE_POINTER
        : typed || path.origin() == TypedPath.Origin.GLOBAL
            ? Knowledge.VARIABLE
            : Knowledge.UNKNOWN;
  }

  /** Arguments: the tree, and a file for one line per operand that is not known. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String> unknown = new ArrayList<>();
    for (Reported reported : LockCheck.scan(new EveryOperand(), args[0]).findings()) {
      out.println(reported.finding().message());
      reported
          .finding()
          .related()
          .forEach(r -> unknown.add(r.location().file() + "\t" + r.message()));
    }
    Collections.sort(unknown);
    Files.write(Path.of(args[1]), unknown);
  }
}
