// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Contexts.Assertions;
import dev.pinion.analyzer.rule.Finding;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

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
      Outcome believed) {
    String text() {
      return String.join(
          "\t",
          assertion,
          lock,
          ignored.verdict(),
          ignored.cause(),
          ignored.chain(),
          believed.verdict(),
          believed.cause(),
          believed.chain());
    }
  }

  /** A rule that reports every assertion; what came out is the message. */
  static final class EveryAssertion implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("lock-check", Tier.LATENT, "every assertion of a lock", List.of());
    }

    @Override
    public Collection<String> files(Program program) {
      Collection<String> files = new TreeSet<>();
      ASSERTIONS.keySet().forEach(a -> files.addAll(program.files(Term.CALL, a)));
      return files;
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return program.facts(function).callees().stream().anyMatch(ASSERTIONS::containsKey);
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      for (Row row : rows(function, program)) {
        report.finding(
            new Finding(info().id(), Tier.LATENT, row.at(), row.function(), row.text(), List.of()));
      }
    }
  }

  /** The assertions of a function, in source order. */
  static List<Row> rows(FunctionRef function, Program program) {
    Contexts.Body body = Contexts.of(program).body(function);
    List<Row> rows = new ArrayList<>();
    if (!body.locks().complete()) {
      return rows;
    }
    LockAnalysis analysis = (LockAnalysis) body.locks().analysis();
    body.locks()
        .forEach(
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
    return rows;
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
    if (local.mayEnd(lock, demanded.get().type())) {
      return new Outcome("not held", "given back in the function", "");
    }
    if (all.locks().containsKey(lock)) {
      return new Outcome("not held", "held shared only", "");
    }
    LockWitness.Why why =
        new LockWitness(program, callers).onEntry(function, lock, demanded.get().type());
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
    List<String> lines = new ArrayList<>();
    for (Reported reported : scan(new EveryAssertion(), args[0]).findings()) {
      Finding finding = reported.finding();
      lines.add(
          finding.location().file()
              + ":"
              + finding.location().line()
              + "\t"
              + finding.function()
              + "\t"
              + finding.message());
    }
    Files.write(Path.of(args[1]), lines);
    print(lines, new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  /** Runs one rule over a whole tree. */
  static ScanResult scan(Rule rule, String tree) throws Exception {
    Consumer<String> warnings = line -> System.err.println(line);
    try (FactStore store =
            FactStore.open(FactStore.defaultFolder(), FactsVersion.current(), warnings);
        Engine engine = new Engine(List.of(rule), store, 2)) {
      ScanResult result =
          engine.scan(
              WorkTree.open(Path.of(tree)), ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      if (!result.failures().isEmpty()) {
        throw new IllegalStateException(String.join("\n", result.failures()));
      }
      return result;
    }
  }

  private static void print(List<String> lines, PrintStream out) {
    Map<String, int[]> counts = new TreeMap<>();
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      counts.computeIfAbsent(columns[4], v -> new int[2])[0]++;
      counts.computeIfAbsent(columns[7], v -> new int[2])[1]++;
    }
    out.printf("%d assertions%n", lines.size());
    out.println("verdict      callers' assertions ignored   believed");
    counts.forEach(
        (verdict, n) ->
            out.printf(
                "%-12s %6d %5.1f %%   %6d %5.1f %%%n",
                verdict, n[0], 100.0 * n[0] / lines.size(), n[1], 100.0 * n[1] / lines.size()));
  }
}
