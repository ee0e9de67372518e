// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import com.sun.management.ThreadMXBean;
import dev.pinion.analyzer.facts.BodyCodec;
import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.lower.Lowering;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What the way from bytes to encoded facts costs, and whether a change changed what comes out. Run
 * its main by hand; {@code bench/frontend} does. Arguments: {@code cost ROOT LIST} prints CPU and
 * allocation by phase over the files of the list, in one thread; {@code digest ROOT LIST} prints
 * one line per file, a digest of its facts and of the bodies of all its functions.
 */
final class FrontEndCost {
  private static final List<String> PHASES = List.of("parse", "lower", "facts", "encode");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FactExtractor extractor = new FactExtractor(KernelModel.load());
  private final long[] nanoseconds = new long[PHASES.size()];
  private final long[] allocated = new long[PHASES.size()];
  private long cpu;
  private long bytes;

  private FrontEndCost() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Path root = Path.of(args[1]);
    List<String> names = Files.readAllLines(Path.of(args[2]));
    if (args[0].equals("digest")) {
      FrontEndCost cost = new FrontEndCost();
      names.parallelStream()
          .map(name -> cost.digest(root, name))
          .forEachOrdered(line -> out.println(line));
    } else {
      new FrontEndCost().measure(root, names, out);
    }
    out.flush();
  }

  private void measure(Path root, List<String> names, PrintStream out) throws IOException {
    long facts = 0;
    for (String name : names) {
      byte[] content = Files.readAllBytes(root.resolve(name));
      facts += encoded(content);
    }
    long all = 0;
    long allBytes = 0;
    for (int i = 0; i < PHASES.size(); i++) {
      line(out, PHASES.get(i), nanoseconds[i], allocated[i]);
      all += nanoseconds[i];
      allBytes += allocated[i];
    }
    line(out, "total", all, allBytes);
    long process =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime();
    out.printf(
        Locale.ROOT,
        "process  %8.2f s with compilers and collector; %d files, %d bytes, %d bytes of facts%n",
        process / 1e9,
        names.size(),
        bytes,
        facts);
  }

  private static void line(PrintStream out, String phase, long nanoseconds, long allocated) {
    out.printf(Locale.ROOT, "%-8s %8.2f s %10.1f MB%n", phase, nanoseconds / 1e9, allocated / 1e6);
  }

  private int encoded(byte[] content) {
    bytes += content.length;
    cpu = threads.getCurrentThreadCpuTime();
    long memory = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    ParsedUnit parsed = Parser.parse("file.c", content);
    memory = charge(0, memory);
    Unit unit = Lowering.lower(parsed);
    memory = charge(1, memory);
    FileFacts facts = extractor.extract(unit);
    memory = charge(2, memory);
    int size = FactsCodec.encode(facts).length;
    charge(3, memory);
    return size;
  }

  private long charge(int phase, long memory) {
    long now = threads.getCurrentThreadCpuTime();
    long nowMemory = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    nanoseconds[phase] += now - cpu;
    allocated[phase] += nowMemory - memory;
    cpu = now;
    return nowMemory;
  }

  private String digest(Path root, String name) {
    try {
      Unit unit = FrontEnd.unit(Files.readAllBytes(root.resolve(name)));
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String facts = hex(sha.digest(FactsCodec.encode(extractor.extract(unit))));
      for (Function function : unit.functions()) {
        sha.update(BodyCodec.encode(function));
      }
      return facts + ' ' + hex(sha.digest()) + ' ' + name;
    } catch (IOException | NoSuchAlgorithmException broken) {
      throw new IllegalStateException(name, broken);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, 12);
  }
}
