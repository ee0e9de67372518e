// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.ParsedUnit;
import dev.pinion.analyzer.parse.Parser;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lowers every C file of a tree with two threads and prints what it cost and what stayed unknown.
 * Run its main by hand; arguments: {@code ROOT [.c|.h]}.
 */
final class KernelLedger {
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, String> examples = new TreeMap<>();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private KernelLedger() {}

  public static void main(String[] args) throws Exception {
    KernelLedger ledger = new KernelLedger();
    Path root = Path.of(args[0]);
    String extension = args.length > 1 ? args[1] : ".c";
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths =
          walk.filter(p -> p.toString().endsWith(extension))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    for (Path path : paths) {
      pool.execute(() -> ledger.file(root, path));
    }
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.HOURS);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf("wall %.1f s%n", (System.nanoTime() - start) / 1e9);
    ledger.counts.forEach((what, count) -> out.printf("%12d %s%n", count, what));
    ledger.examples.forEach((what, where) -> out.println(what + ": " + where));
  }

  private void file(Path root, Path path) {
    String name = root.relativize(path).toString();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      add("unreadable", 1, name);
      return;
    }
    long before = threads.getCurrentThreadCpuTime();
    ParsedUnit parsed = Parser.parse(name, bytes);
    long between = threads.getCurrentThreadCpuTime();
    Unit unit = Lowering.lower(parsed);
    long after = threads.getCurrentThreadCpuTime();
    Map<String, Long> own = new TreeMap<>();
    own.put("ms parsing", (between - before) / 1000);
    own.put("ms lowering", (after - between) / 1000);
    own.put("files", 1L);
    for (Function f : unit.functions()) {
      function(f, own, name);
    }
    for (Problem p : unit.problems()) {
      own.merge("problem " + p.kind(), 1L, Long::sum);
      if (p.kind() == Problem.Kind.CRASH || p.kind() == Problem.Kind.LIMIT) {
        add("problem " + p.kind(), 0, name + " " + p);
      }
    }
    own.merge("structs", (long) unit.declarations().structs().size(), Long::sum);
    own.merge("globals", (long) unit.declarations().globals().size(), Long::sum);
    own.merge(
        "initialisers",
        unit.declarations().globals().stream().mapToLong(g -> g.initializers().size()).sum(),
        Long::sum);
    synchronized (this) {
      own.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }
  }

  private void function(Function f, Map<String, Long> own, String file) {
    own.merge("functions", 1L, Long::sum);
    WellFormed.violation(f).ifPresent(v -> add("malformed", 1, file + " " + f.name() + " " + v));
    boolean lost =
        f.cfg().blocks().size() == 1
            && f.cfg().entry().instructions().isEmpty()
            && f.cfg().entry().terminator() instanceof Terminator.Unreachable;
    own.merge("functions lost", lost ? 1L : 0L, Long::sum);
    for (Variable v : f.variables()) {
      own.merge("variables " + v.kind(), 1L, Long::sum);
      if (v.type().kind() == CType.Kind.UNKNOWN) {
        own.merge("variables " + v.kind() + " of unknown type", 1L, Long::sum);
        if (v.kind() == Variable.Kind.PARAMETER) {
          add("parameter", 0, file + " " + f.name() + " " + v.name());
        }
      }
    }
    for (BasicBlock block : f.cfg().blocks()) {
      own.merge("blocks", 1L, Long::sum);
      own.merge("instructions", (long) block.instructions().size(), Long::sum);
      for (Instruction i : block.instructions()) {
        instruction(i, own, file + " " + f.name() + " " + i);
      }
      if (block.terminator() instanceof Terminator.Branch b) {
        Condition c = b.condition();
        value(c.left(), own, file + " " + f.name() + " if " + c);
        value(c.right(), own, file + " " + f.name() + " if " + c);
      }
    }
  }

  private void instruction(Instruction i, Map<String, Long> own, String where) {
    if (i instanceof Instruction.Assign a) {
      value(a.value(), own, where);
    } else if (i instanceof Instruction.Call c) {
      own.merge("calls " + c.kind(), 1L, Long::sum);
      c.arguments().forEach(a -> value(a, own, where));
      if (c.kind() == Instruction.CallKind.ITERATOR && c.result().isEmpty()) {
        own.merge("iterators without cursor", 1L, Long::sum);
        add("iterator " + c.name(), 0, where);
      }
    }
  }

  private void value(Value v, Map<String, Long> own, String where) {
    if (v instanceof Value.Compound c) {
      if (c.operator().equals("?")) {
        own.merge("values unknown", 1L, Long::sum);
        add("unknown", 0, where);
      }
      c.operands().forEach(o -> value(o, own, where));
    }
  }

  private synchronized void add(String what, long count, String example) {
    counts.merge(what, count, Long::sum);
    String old = examples.getOrDefault(what, "");
    if (old.chars().filter(c -> c == '\n').count() < 12) {
      examples.put(what, old + "\n    " + example);
    }
  }
}
