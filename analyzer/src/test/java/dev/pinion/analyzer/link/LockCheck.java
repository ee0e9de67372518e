// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Contexts.Assertions;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares, at every assertion that a lock is held, what it demands with what the analysis says is
 * surely held there. Run by {@code bench/locks TREE}.
 */
final class LockCheck {
  /** The assertions that are asked about, and whether a lock held shared is enough for them. */
  private static final Map<String, HeldLock.Mode> ASSERTIONS =
      Map.of(
          "lockdep_assert_held", HeldLock.Mode.SHARED,
          "lockdep_assert_held_once", HeldLock.Mode.SHARED,
          "lockdep_assert_held_read", HeldLock.Mode.SHARED,
          "lockdep_assert_held_write", HeldLock.Mode.EXCLUSIVE,
          "lockdep_assert_wiphy", HeldLock.Mode.EXCLUSIVE,
          "assert_spin_locked", HeldLock.Mode.EXCLUSIVE,
          "assert_raw_spin_locked", HeldLock.Mode.EXCLUSIVE,
          "ASSERT_RTNL", HeldLock.Mode.EXCLUSIVE);

  private LockCheck() {}

  /** What came out at one assertion, under one way to count callers' assertions. */
  record Outcome(String verdict, String cause, String chain) {}

  /** One assertion. */
  record Row(
      Location at,
      String function,
      String assertion,
      String lock,
      Outcome ignored,
      Outcome believed) {}

  /** A rule that reports nothing and keeps what it saw. */
  static final class EveryAssertion implements Rule {
    final List<Row> rows = Collections.synchronizedList(new ArrayList<>());

    @Override
    public RuleInfo info() {
      return new RuleInfo("lock-check", Tier.LATENT, "every assertion of a lock", List.of());
    }

    @Override
    public Collection<FunctionRef> candidates(Program program) {
      TreeSet<FunctionRef> all = new TreeSet<>();
      ASSERTIONS.keySet().forEach(a -> all.addAll(program.functionsCalling(a)));
      return all;
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      Contexts.Body body = Contexts.of(program).body(function);
      if (!body.locks().complete()) {
        return;
      }
      LockAnalysis analysis = (LockAnalysis) body.locks().analysis();
      Solution<LockState> solution = body.locks();
      solution.forEach(
          (block, instruction, before) -> {
            if (instruction instanceof Instruction.Call call
                && ASSERTIONS.containsKey(call.name())) {
              Optional<TypedLock> demanded =
                  analysis
                      .named(call)
                      .map(l -> LockFacts.Held.of(l, body.typing()))
                      .flatMap(h -> new LockIdentity(program).of(h, function.file()));
              rows.add(
                  new Row(
                      Location.of(function.file(), call.position()),
                      function.name(),
                      call.name(),
                      demanded.map(TypedLock::identity).orElse("?"),
                      outcome(program, function, call, demanded, Assertions.IGNORED),
                      outcome(program, function, call, demanded, Assertions.BELIEVED)));
            }
          });
    }
  }

  private static Outcome outcome(
      Program program,
      FunctionRef function,
      Instruction.Call call,
      Optional<TypedLock> demanded,
      Assertions callers) {
    if (demanded.isEmpty()) {
      return new Outcome("unknown", "the lock's type is not known", "");
    }
    String lock = demanded.get().identity();
    LocalContext local =
        new LocalContexts(program, Assertions.IGNORED).inBody(function, call::equals);
    Context all = local.after(Contexts.of(program, callers).entry(function));
    if (suffices(all, lock, call)) {
      return new Outcome(suffices(local.held(), lock, call) ? "taken here" : "held", "", "");
    }
    if (local.released().contains(lock) || local.released().contains(LocalContext.ANY)) {
      return new Outcome("not held", "given back in the function", "");
    }
    if (all.locks().containsKey(lock)) {
      return new Outcome("not held", "held shared only", "");
    }
    LockWitness.Why why = new LockWitness(program, callers).onEntry(function, lock);
    return switch (why.verdict()) {
      case NOT_HELD -> new Outcome("not held", why.cause(), why.chain());
      case UNKNOWN -> new Outcome("unknown", why.cause(), why.chain());
      case HELD -> new Outcome("unknown", "only a search for this one lock finds it", "");
    };
  }

  private static boolean suffices(Context context, String lock, Instruction.Call call) {
    TypedLock held = context.locks().get(lock);
    return held != null
        && (held.mode() == HeldLock.Mode.EXCLUSIVE
            || ASSERTIONS.get(call.name()) == HeldLock.Mode.SHARED);
  }

  /** Arguments: the tree, and a file for one line per assertion. */
  public static void main(String[] args) throws Exception {
    EveryAssertion rule = new EveryAssertion();
    ScanResult result;
    try (FactStore store =
            FactStore.open(
                FactStore.defaultFolder(),
                FactsVersion.current(),
                line -> System.err.println(line));
        Engine engine = new Engine(List.of(rule), store, 2)) {
      WorkTree tree = WorkTree.open(Path.of(args[0]));
      result = engine.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, () -> false);
    }
    if (!result.failures().isEmpty()) {
      throw new IllegalStateException(String.join("\n", result.failures()));
    }
    List<Row> rows = new ArrayList<>(rule.rows);
    rows.sort(
        java.util.Comparator.comparing(Row::at)
            .thenComparing(Row::assertion)
            .thenComparing(Row::lock));
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(Path.of(args[1])), false, StandardCharsets.UTF_8)) {
      rows.forEach(r -> out.println(line(r)));
    }
    print(rows, new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  private static String line(Row r) {
    return String.join(
        "\t",
        r.at().file() + ":" + r.at().line(),
        r.function(),
        r.assertion(),
        r.lock(),
        r.ignored().verdict(),
        r.ignored().cause(),
        r.ignored().chain(),
        r.believed().verdict(),
        r.believed().cause(),
        r.believed().chain());
  }

  private static void print(List<Row> rows, PrintStream out) {
    out.printf("%d assertions%n", rows.size());
    Map<String, int[]> counts = new TreeMap<>();
    for (Row r : rows) {
      counts.computeIfAbsent(r.ignored().verdict(), v -> new int[2])[0]++;
      counts.computeIfAbsent(r.believed().verdict(), v -> new int[2])[1]++;
    }
    out.println("verdict      callers' assertions ignored   believed");
    counts.forEach(
        (verdict, n) ->
            out.printf(
                "%-12s %6d %5.1f %%   %6d %5.1f %%%n",
                verdict, n[0], 100.0 * n[0] / rows.size(), n[1], 100.0 * n[1] / rows.size()));
  }
}
