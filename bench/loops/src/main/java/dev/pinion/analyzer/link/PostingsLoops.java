// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.bench.Inputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Which files spell a term: the index over a tree, and look-ups in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PostingsLoops {
  /** The terms of each file stand in the index under this many paths, to have a tree's size. */
  private static final int COPIES = 500;

  private final SortedMap<String, int[]> terms = new TreeMap<>();
  private final List<FileFacts> facts = new ArrayList<>();
  private Postings postings = Postings.of(terms);
  private int[] asked = {};

  /** Builds the index; asks for what the functions of the files call. */
  @Setup
  public void read() throws IOException {
    FactExtractor extractor = new FactExtractor(KernelModel.load());
    List<byte[]> inputs = Inputs.all();
    for (byte[] bytes : inputs) {
      facts.add(extractor.extract(FrontEnd.unit(bytes)));
    }
    for (int i = 0; i < facts.size(); i++) {
      int[] own = FileTerms.of(facts.get(i));
      for (int copy = 0; copy < COPIES; copy++) {
        terms.put("drivers/copy" + copy + "/file" + i + ".c", own);
      }
    }
    postings = Postings.of(terms);
    asked =
        facts.stream()
            .flatMap(f -> f.functions().stream())
            .flatMap(f -> f.callees().stream())
            .distinct()
            .mapToInt(callee -> FileTerms.number(Term.CALL, callee))
            .toArray();
    System.out.println(
        Inputs.size(inputs) + "; " + terms.size() + " paths, " + asked.length + " look-ups");
  }

  /** The terms of all files, once each. */
  @Benchmark
  public void termsOfFiles(Blackhole hole) {
    for (FileFacts one : facts) {
      hole.consume(FileTerms.of(one));
    }
  }

  /** The whole index. */
  @Benchmark
  public Object index() {
    return Postings.of(terms);
  }

  /** One look-up for each name that is called. */
  @Benchmark
  public void lookUps(Blackhole hole) {
    for (int term : asked) {
      hole.consume(postings.files(term));
    }
  }
}
