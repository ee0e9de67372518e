// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Grammar;
import dev.pinion.analyzer.parse.grammar.Lexemes;
import dev.pinion.analyzer.parse.lower.Lowering;
import dev.pinion.bench.Inputs;
import java.io.IOException;
import java.util.ArrayList;
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

/** From characters to IR, one step after the other; each begins with what the one before gave. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FrontEndLoops {
  private final List<SourceText> texts = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private final List<ParsedUnit> parsed = new ArrayList<>();

  private record Reading(SourceText text, Lexemes lexemes, List<Integer> starts) {}

  /** Takes every step once for each file. */
  @Setup
  public void read() throws IOException {
    List<byte[]> inputs = Inputs.all();
    for (byte[] bytes : inputs) {
      SourceText text = SourceText.of(bytes);
      texts.add(text);
      parsed.add(Parser.parse("file.c", bytes));
      for (PreparedArm arm : new Preparation(text).arms()) {
        readings.add(reading(text, arm));
      }
    }
    System.out.println(Inputs.size(inputs));
  }

  private static Reading reading(SourceText text, PreparedArm arm) {
    Emission emission = new Emission(arm.draft());
    List<Integer> starts = emission.write(arm.starts());
    Lexemes lexemes = new Expansion().expand(emission.lexemes(), arm.definitions(), starts);
    return new Reading(text, lexemes, starts);
  }

  @Benchmark
  public void tokenizer(Blackhole hole) {
    for (SourceText text : texts) {
      hole.consume(new Tokenizer(text.chars(), 0, text.length(), Words.standard()).file().tokens());
    }
  }

  /** With the tokenizer, which it starts. */
  @Benchmark
  public void preparation(Blackhole hole) {
    for (SourceText text : texts) {
      hole.consume(new Preparation(text).arms());
    }
  }

  @Benchmark
  public void grammar(Blackhole hole) {
    for (Reading one : readings) {
      hole.consume(Grammar.read(one.lexemes, one.starts, one.text::line));
    }
  }

  @Benchmark
  public void lowering(Blackhole hole) {
    for (ParsedUnit unit : parsed) {
      hole.consume(Lowering.lower(unit));
    }
  }
}
