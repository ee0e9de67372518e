// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
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

  private record Seen(
      String kind, Knowledge knowledge, String file, String function, String path) {}

  private static final class EveryOperand implements Rule {
    final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public RuleInfo info() {
      return new RuleInfo("operand-ledger", Tier.LATENT, "every operand", List.of());
    }

    @Override
    public Collection<FunctionRef> candidates(Program program) {
      List<FunctionRef> all = new ArrayList<>();
      program.forEachFunction((ref, f) -> all.add(ref));
      return all;
    }

    @Override
    public void check(FunctionRef ref, Program program, Report report) {
      FunctionFacts f = program.facts(ref);
      for (Operation operation : f.operations()) {
        if (program.model().find("list", operation.api()).isPresent()) {
          operation.operands().stream()
              .filter(o -> o.form() == Operand.Form.ADDRESS)
              .forEach(o -> add("list", o.path(), ref, program));
        } else if (program
            .model()
            .does(operation.api(), "object", COUNTERS.toArray(new String[0]))) {
          operation.operands().stream()
              .limit(1)
              .filter(o -> o.form() == Operand.Form.ADDRESS)
              .forEach(o -> add("counter", o.path(), ref, program));
        }
      }
      Set<TypedPath> locks = new LinkedHashSet<>();
      for (LockFacts.Region region : f.locks().regions()) {
        region.locks().forEach(l -> locks.add(l.lock()));
        region.released().forEach(l -> locks.add(l.lock()));
      }
      locks.forEach(l -> add("lock", l, ref, program));
      for (TypedPath call : f.indirectCalls()) {
        if (call.steps().stream().anyMatch(s -> s instanceof Step.Arrow || s instanceof Step.Dot)) {
          add("call through a member", call, ref, program);
        }
      }
    }

    private void add(String kind, TypedPath path, FunctionRef ref, Program program) {
      seen.add(
          new Seen(kind, knowledge(path, ref, program), ref.file(), ref.name(), path.toString()));
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
    EveryOperand rule = new EveryOperand();
    try (FactStore store =
            FactStore.open(
                FactStore.defaultFolder(),
                FactsVersion.current(),
                line -> System.err.println(line));
        Engine engine = new Engine(List.of(rule), store, 2)) {
      WorkTree tree = WorkTree.open(Path.of(args[0]));
      engine.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, () -> false);
    }
    List<String> unknown = new ArrayList<>();
    Map<String, int[]> counts = new TreeMap<>();
    for (Seen s : rule.seen) {
      counts
          .computeIfAbsent(s.kind(), k -> new int[Knowledge.values().length])[
          List.of(Knowledge.values()).indexOf(s.knowledge())]++;
      if (s.knowledge() == Knowledge.UNKNOWN) {
        unknown.add(String.join("\t", s.kind(), s.file(), s.function(), s.path()));
      }
    }
    Collections.sort(unknown);
    Files.write(Path.of(args[1]), unknown);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("operand                field   variable  bare pointer  unknown   known");
    counts.forEach(
        (kind, n) ->
            out.printf(
                "%-20s %8d %9d %12d %8d %6.2f %%%n",
                kind, n[0], n[1], n[2], n[3], 100.0 * (n[0] + n[1]) / (n[0] + n[1] + n[3])));
  }
}
