// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  /** A rule without a page. */
  private record Named(RuleInfo info) implements Rule {
    Named(String id) {
      this(new RuleInfo(id, Tier.WARNING, "finds nothing", List.of()));
    }

    @Override
    public Collection<String> files(Program program) {
      return List.of();
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return false;
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {}
  }

  private static final Rule LEAK = new Named("pin-leak");
  private static final Rule DELETE = new Named("rcu-delete");
  private static final RuleSet ALL = new RuleSet(List.of(LEAK, DELETE));

  @Test
  void globsSelectById() {
    assertEquals(List.of("rcu-delete"), ALL.select(new RuleGlobs(List.of("rcu-*"))).ids());
    assertEquals(List.of("pin-leak"), ALL.select(new RuleGlobs(List.of("!rcu-*"))).ids());
    assertEquals(ALL, ALL.select(RuleGlobs.ALL));
    assertEquals(List.of(), ALL.select(new RuleGlobs(List.of("x"))).ids());
  }

  @Test
  void rulesAndPagesAreFoundById() {
    assertSame(DELETE.info(), ALL.find("rcu-delete").orElseThrow());
    assertEquals(Optional.empty(), ALL.find("rcu-dele"));
    assertEquals(Optional.empty(), ALL.page("rcu-dele"));
    assertEquals(Optional.empty(), ALL.page("rcu-delete"), "it has none");
  }
}
