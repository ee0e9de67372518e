// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How long it takes from an edit to what is to be said of the file: {@code bench/edits TREE FILE
 * STORE [EDITS]}. Prints one line for each sort of time.
 */
final class EditLatency {
  private final SourceTree disk;
  private final String path;
  private final Engine engine;
  private final Random random = new Random(1);
  private List<String> lines;

  private EditLatency(SourceTree disk, String path, Engine engine) throws SourceException {
    this.disk = disk;
    this.path = path;
    this.engine = engine;
    this.lines = onDisk();
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    int edits = args.length > 3 ? Integer.parseInt(args[3]) : 200;
    long start = System.nanoTime();
    SourceTree disk = WorkTree.open(Path.of(args[0]));
    say("listing", start);
    try (FactStore store =
            FactStore.open(Path.of(args[2]), FactsVersion.current(), EditLatency::warn);
        Engine engine = new Engine(RuleSet.load().rules(), store, 2, Engine.Trees.MANY)) {
      new EditLatency(disk, args[1], engine).run(edits);
    }
  }

  private static void warn(String line) {
    System.out.println(line);
  }

  private static void say(String what, long since) {
    System.out.printf("%-28s %8.1f ms%n", what, (System.nanoTime() - since) / 1e6);
  }

  private List<String> onDisk() throws SourceException {
    String text =
        new String(disk.read(disk.file(path).orElseThrow()).bytes(), StandardCharsets.ISO_8859_1);
    return new ArrayList<>(List.of(text.split("\n", -1)));
  }

  private void run(int edits) throws Exception {
    long start = System.nanoTime();
    scan(); // Nothing is kept of a draft, so this links.
    say("first answer", start);
    double[] times = new double[edits];
    for (int i = 0; i < edits; i++) {
      edit();
      long from = System.nanoTime();
      scan();
      times[i] = (System.nanoTime() - from) / 1e6;
    }
    Arrays.sort(times);
    System.out.printf(
        "%d edits: p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
        edits, times[edits / 2], times[edits * 95 / 100], times[edits - 1]);
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.out.printf("heap in use %d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private ScanResult scan() throws SourceException, CancelledException {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    SourceTree edited = Overlay.of(disk, Map.of(path, Optional.of(text)));
    return engine.scan(
        edited, new ScanRequest(List.of(path), List.of()), Progress.NONE, () -> false);
  }

  /** Types, deletes, pastes, breaks an idiom, or takes all back. */
  private void edit() throws SourceException {
    int at = random.nextInt(lines.size());
    switch (random.nextInt(8)) {
      case 0 -> lines.add(at, "");
      case 1 -> lines.remove(at);
      case 2 -> lines.set(at, lines.get(at) + " ");
      case 3 -> lines.addAll(at, List.copyOf(lines.subList(at, Math.min(at + 20, lines.size()))));
      case 4 -> lines.replaceAll(l -> l.replace("list_del_rcu", "list_del"));
      case 5 -> lines = onDisk();
      default -> {
        String line = lines.get(at);
        lines.set(at, line.substring(0, line.length() / 2));
      }
    }
  }
}
