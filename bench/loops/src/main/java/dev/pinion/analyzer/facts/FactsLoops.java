// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.bench.Inputs;
import java.io.IOException;
import java.util.List;
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

/** From IR to facts, from facts to bytes, and from bytes to facts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FactsLoops {
  private final FactExtractor extractor = new FactExtractor(KernelModel.load());
  private List<Unit> units = List.of();
  private List<FileFacts> facts = List.of();
  private List<byte[]> encoded = List.of();

  /** Takes every step once for each file. */
  @Setup
  public void read() throws IOException {
    List<byte[]> inputs = Inputs.all();
    units = inputs.stream().map(FrontEnd::unit).toList();
    facts = units.stream().map(extractor::extract).toList();
    encoded = facts.stream().map(FactsCodec::encode).toList();
    System.out.println(Inputs.size(inputs));
  }

  @Benchmark
  public void extraction(Blackhole hole) {
    for (Unit unit : units) {
      hole.consume(extractor.extract(unit));
    }
  }

  @Benchmark
  public void encoding(Blackhole hole) {
    for (FileFacts one : facts) {
      hole.consume(FactsCodec.encode(one));
    }
  }

  @Benchmark
  public void decoding(Blackhole hole) {
    for (byte[] bytes : encoded) {
      hole.consume(FactsCodec.decode(bytes, Sharing.none()));
    }
  }
}
