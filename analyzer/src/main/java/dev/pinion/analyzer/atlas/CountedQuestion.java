// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CountedAnswer.Counting;
import dev.pinion.analyzer.atlas.CountedAnswer.Release;
import dev.pinion.analyzer.link.Counter;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Ownership;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;

/** Answers {@code atlas counted}. */
final class CountedQuestion {
  private final Program program;

  CountedQuestion(Program program) {
    this.program = program;
  }

  /** The answer; without counters if the struct is not counted. */
  CountedAnswer ask(String tag) {
    return new CountedAnswer(
        tag, Ownership.of(program).counters(tag).stream().map(this::counting).toList());
  }

  private Counting counting(Counter counter) {
    ReleaseReach reach = new ReleaseReach(program);
    return new Counting(
        counter.path(),
        places(counter.gets()),
        places(counter.tryGets()),
        places(counter.lookups()),
        places(counter.puts()),
        counter.releases().stream()
            .map(r -> new Release(Place.of(r, program), reach.of(r)))
            .toList());
  }

  private List<Place> places(Collection<FunctionRef> functions) {
    return functions.stream().map(f -> Place.of(f, program)).sorted().toList();
  }
}
