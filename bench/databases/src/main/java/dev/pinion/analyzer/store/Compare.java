// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Puts the entries of a real store into each sort of database and takes them out again, each step in
 * a process of its own: {@code STORE FOLDER [SORT...]}. Prints a row of a table for each sort. Times
 * are those of the processor, all threads together.
 */
final class Compare {
  private static final int THREADS = 2;
  private static final int OPENINGS = 3;
  private static final int KILLS = 5;
  private static final int ALL = 60_000;

  /** Enough to be killed in the midst of. */
  private static final int FEW = 10_000;

  private Compare() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("child")) {
      child(arguments);
      return;
    }
    Path store = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    List<Entry> entries = Entry.of(store, ALL);
    long bytes = entries.stream().mapToLong(entry -> entry.value().length).sum();
    System.out.printf(
        "%d entries, %.1f MB of values, %d bytes in the middle, %d at most%n%n",
        entries.size(),
        bytes / 1e6,
        entries.stream().mapToInt(e -> e.value().length).sorted().toArray()[entries.size() / 2],
        entries.stream().mapToInt(e -> e.value().length).max().orElse(0));
    System.out.println(
        "| database | write, 2 threads | MB on disk | open and first read | random reads | all reads, 2 threads | two processes write | lost in "
            + KILLS
            + " kills |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    List<String> sorts =
        arguments.length > 2
            ? Arrays.asList(arguments).subList(2, arguments.length)
            : Stream.of(Database.Sort.values()).map(Enum::name).toList();
    for (String sort : sorts) {
      row(sort, store, folder);
    }
  }

  private static void row(String sort, Path store, Path folder) throws Exception {
    Path own = folder.resolve(sort);
    delete(own);
    String write = run(sort, "write", own, store);
    double size = size(own) / 1e6;
    List<Double> opened = new ArrayList<>();
    for (int i = 0; i < OPENINGS; i++) {
      opened.add(Double.parseDouble(run(sort, "open", own, store)));
    }
    Collections.sort(opened);
    String random = run(sort, "random", own, store);
    String all = run(sort, "all", own, store);
    delete(own);
    String both = both(sort, own, store);
    delete(own);
    String lost = kills(sort, own, store);
    delete(own);
    System.out.printf(
        "| %s | %s s | %.1f | %.0f ms | %s s | %s s | %s | %s |%n",
        sort, write, size, opened.get(OPENINGS / 2), random, all, both, lost);
  }

  private static ProcessBuilder command(String sort, String step, Path own, Path store) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1200m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Compare.class.getName(),
            "child",
            sort,
            step,
            own.toString(),
            store.toString())
        .redirectErrorStream(true);
  }

  /** The last line that a process prints. */
  private static String run(String sort, String step, Path own, Path store) throws Exception {
    return last(command(sort, step, own, store).start());
  }

  private static String last(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes());
    int status = process.waitFor();
    String line = text.lines().reduce("", (before, now) -> now);
    return status == 0 ? line : "fails: " + text.lines().findFirst().orElse("");
  }

  private static String both(String sort, Path own, Path store) throws Exception {
    Process first = command(sort, "half0", own, store).start();
    Process second = command(sort, "half1", own, store).start();
    String one = last(first);
    String two = last(second);
    return one.startsWith("fails")
        ? one
        : two.startsWith("fails") ? two : one + " s and " + two + " s, " + run(sort, "count", own, store);
  }

  /** Kills a writer again and again; what it said was put has to be there afterwards. */
  private static String kills(String sort, Path own, Path store) throws Exception {
    Random random = new Random(1);
    int lost = 0;
    int said = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      delete(own);
      Process process = command(sort, "tell", own, store).start();
      int wanted = 200 + random.nextInt(5000);
      int put = 0;
      try (BufferedReader lines = process.inputReader()) {
        while (put < wanted) {
          put = Integer.parseInt(lines.readLine());
        }
        process.toHandle().destroyForcibly();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.matches("\\d+")) {
            put = Math.max(put, Integer.parseInt(line));
          }
        }
      } catch (IOException e) {
        // The pipe went with the process; what was read counts.
      }
      process.waitFor();
      said += put;
      String found = run(sort, "first" + put, own, store);
      if (!found.matches("\\d+")) {
        return "does not open: " + found;
      }
      lost += put - Integer.parseInt(found);
    }
    return lost + " of " + said;
  }

  private static void child(String[] arguments) throws Exception {
    Database.Sort sort = Database.Sort.valueOf(arguments[1]);
    String step = arguments[2];
    Path own = Path.of(arguments[3]);
    boolean few = step.equals("open") || step.equals("tell") || step.startsWith("first");
    List<Entry> entries = Entry.of(Path.of(arguments[4]), few ? FEW : ALL);
    List<Entry> mixed = new ArrayList<>(entries);
    Collections.shuffle(mixed, new Random(2));
    long begun = cpu();
    Database database = sort.open(own);
    switch (step) {
      case "write" -> {
        onThreads(entries, database::put);
        database.close();
        System.out.printf("%.2f%n", (cpu() - begun) / 1e9);
      }
      case "open" -> {
        check(mixed.get(0), database);
        System.out.printf("%.1f%n", (cpu() - begun) / 1e6);
      }
      case "random" -> {
        for (Entry entry : mixed) {
          check(entry, database);
        }
        System.out.printf("%.2f%n", (cpu() - begun) / 1e9);
      }
      case "all" -> {
        onThreads(entries, entry -> check(entry, database));
        System.out.printf("%.2f%n", (cpu() - begun) / 1e9);
      }
      case "half0", "half1" -> {
        int half = step.charAt(4) - '0';
        for (int i = half; i < mixed.size(); i += 2) {
          database.put(mixed.get(i));
        }
        database.close();
        System.out.printf("%.2f%n", (cpu() - begun) / 1e9);
      }
      case "count" -> System.out.println(found(mixed, database) + " found");
      case "tell" -> {
        for (int i = 0; i < mixed.size(); i++) {
          database.put(mixed.get(i));
          System.out.println(i + 1);
        }
      }
      default -> System.out.println(found(mixed.subList(0, Integer.parseInt(step.substring(5))), database));
    }
    System.exit(0);
  }

  /** Of all threads of this process, in nanoseconds: a busy machine does not change it much. */
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static int found(List<Entry> entries, Database database) throws Exception {
    int found = 0;
    for (Entry entry : entries) {
      byte[] value = database.get(entry);
      if (value != null) {
        check(entry, database);
        found++;
      }
    }
    return found;
  }

  private static void check(Entry entry, Database database) throws Exception {
    if (!Arrays.equals(entry.value(), database.get(entry))) {
      throw new IllegalStateException("wrong or missing: " + entry.key());
    }
  }

  private interface Step {
    void on(Entry entry) throws Exception;
  }

  private static void onThreads(List<Entry> entries, Step step) throws Exception {
    CountDownLatch done = new CountDownLatch(THREADS);
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      new Thread(
              () -> {
                try {
                  for (int i = first; i < entries.size(); i += THREADS) {
                    step.on(entries.get(i));
                  }
                } catch (Exception e) {
                  e.printStackTrace();
                  System.exit(1);
                }
                done.countDown();
              })
          .start();
    }
    done.await();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> Files.isRegularFile(file) ? file.toFile().length() : 0).sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
