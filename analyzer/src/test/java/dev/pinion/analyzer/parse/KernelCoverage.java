// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Parses every C file of a tree with two threads and prints how much of it was understood. Run its
 * main by hand; arguments: {@code ROOT .c,.h [FUNCTIONS-FILE [PROBLEMS-FILE]]}, or {@code show
 * FILE} for the prepared text of one file.
 */
final class KernelCoverage {
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong functions = new AtomicLong();
  private final AtomicLong troubled = new AtomicLong();
  private final AtomicLong other = new AtomicLong();
  private final AtomicLong outside = new AtomicLong();
  private final AtomicLong skippedLines = new AtomicLong();
  private final AtomicLong cpu = new AtomicLong();
  private final AtomicLong prepared = new AtomicLong();
  private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> heads = new ConcurrentHashMap<>();
  private final Map<String, String> functionLines = new ConcurrentHashMap<>();
  private final Map<String, String> problemLines = new ConcurrentHashMap<>();

  private KernelCoverage() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (args[0].equals("show")) {
      SourceText text = SourceText.of(Files.readAllBytes(Path.of(args[1])));
      for (PreparedArm prepared : new Preparation(text).arms()) {
        out.println("==== " + prepared.arm());
        PreparedText written = new PreparedText();
        written.write(prepared.draft());
        out.println(written.text().replace("; ", ";\n").replace("{ ", "{\n"));
      }
      for (ParseProblem problem :
          Parser.parse(args[1], Files.readAllBytes(Path.of(args[1]))).problems()) {
        out.println(problem);
      }
      return;
    }
    new KernelCoverage().run(args, out);
  }

  private void run(String[] args, PrintStream out) throws Exception {
    Path root = Path.of(args[0]);
    List<String> extensions = List.of(args[1].split(",", -1));
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths =
          new ArrayList<>(
              walk.filter(p -> extensions.stream().anyMatch(e -> p.toString().endsWith(e)))
                  .filter(Files::isRegularFile)
                  .sorted()
                  .toList());
    }
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    for (Path path : paths) {
      pool.execute(() -> parse(root, path));
    }
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.HOURS);
    report(out, (System.nanoTime() - start) / 1e9);
    if (args.length > 2) {
      write(Path.of(args[2]), functionLines);
    }
    if (args.length > 3) {
      write(Path.of(args[3]), problemLines);
    }
  }

  private static void write(Path path, Map<String, String> lines) throws IOException {
    Files.writeString(path, String.join("", new TreeMap<>(lines).values()));
  }

  private void parse(Path root, Path path) {
    String name = root.relativize(path).toString();
    try {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      byte[] content = Files.readAllBytes(path);
      long begin = threads.getCurrentThreadCpuTime();
      ParsedUnit unit = Parser.parse(name, content);
      long middle = threads.getCurrentThreadCpuTime();
      cpu.addAndGet(middle - begin);
      if (Boolean.getBoolean("prepare")) {
        new Preparation(SourceText.of(content));
        prepared.addAndGet(threads.getCurrentThreadCpuTime() - middle);
      }
      count(name, unit, content.length);
    } catch (IOException | RuntimeException | Error failure) {
      synchronized (this) {
        System.err.println("CRASH " + name + ": " + failure);
        failure.printStackTrace();
      }
    }
  }

  private void count(String name, ParsedUnit unit, int size) {
    files.incrementAndGet();
    bytes.addAndGet(size);
    unit.skippedArms().stream()
        .filter(arm -> arm.place() == SkippedArm.Place.INSIDE)
        .forEach(arm -> skippedLines.addAndGet(arm.lines()));
    StringBuilder lines = new StringBuilder();
    for (FunctionSpan function : unit.functions()) {
      functions.incrementAndGet();
      if (function.arm() == Arm.OTHER) {
        other.incrementAndGet();
      }
      if (!function.clean()) {
        troubled.incrementAndGet();
      }
      lines.append(
          name
              + "\t"
              + function.name()
              + "\t"
              + function.firstLine()
              + "\t"
              + function.lastLine()
              + "\t"
              + function.arm()
              + "\t"
              + function.clean()
              + "\n");
    }
    functionLines.put(name, lines.toString());
    StringBuilder problems = new StringBuilder();
    for (ParseProblem problem : unit.problems()) {
      if (problem.function().isEmpty()) {
        outside.incrementAndGet();
      }
      String place = problem.function().isEmpty() ? " outside" : " inside";
      add(kinds, problem.kind() + place);
      add(heads, head(problem.message()) + place);
      problems.append(
          name
              + ":"
              + problem.line()
              + ": "
              + problem.kind()
              + place
              + " "
              + problem.function()
              + ": "
              + problem.message()
              + "\n");
    }
    problemLines.put(name, problems.toString());
  }

  private static String head(String message) {
    int end = 0;
    while (end < message.length() && Tokenizer.isWordPart(message.charAt(end))) {
      end++;
    }
    return message.substring(0, Math.max(end, Math.min(3, message.length())));
  }

  private static void add(Map<String, AtomicLong> counts, String key) {
    counts.computeIfAbsent(key, k -> new AtomicLong()).incrementAndGet();
  }

  private void report(PrintStream out, double wall) {
    out.printf(
        "%d files, %.1f MB, %d functions (%d of the other arm), %d with problems (%.2f %% clean),"
            + " %d problems outside%n",
        files.get(),
        bytes.get() / 1e6,
        functions.get(),
        other.get(),
        troubled.get(),
        100.0 - 100.0 * troubled.get() / Math.max(1, functions.get()),
        outside.get());
    out.printf(
        "%.1f s wall, %.1f s CPU in parse (%.1f MB/s), preparation alone %.1f s; %d lines of arms"
            + " inside skipped%n",
        wall,
        cpu.get() / 1e9,
        bytes.get() / 1e6 / (cpu.get() / 1e9),
        prepared.get() / 1e9,
        skippedLines.get());
    out.println("by kind: " + top(kinds, 20));
    out.println("at the problem: " + top(heads, 60));
  }

  private static String top(Map<String, AtomicLong> counts, int limit) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, AtomicLong> e) -> -e.getValue().get())
                .thenComparing(Map.Entry::getKey))
        .limit(limit)
        .map(e -> e.getKey() + "=" + e.getValue().get())
        .toList()
        .toString();
  }
}
