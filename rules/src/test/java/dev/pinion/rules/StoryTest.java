// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a maintainer reads: who walks, from where, in which section; who updates, holding what. */
class StoryTest {
  @TempDir Path scratch = Path.of("");

  @Test
  void ofAPlainDelete() throws Exception {
    assertEquals(
        """
        hub_create_device() publishes nodes with list_add_rcu()
        nobody in the tree holds a lock for hub_line_claimed()
        the section in which hub_line_claimed() walks begins here
        hub_line_claimed() walks the list with list_for_each_entry_rcu() inside an RCU read-side critical section
        hub_device_release() holds struct hub.lock, and hub_line_claimed() walks without
        hub_device_release() removes the node with list_del(): a reader that stands on it goes on to a poisoned pointer
        """,
        story("rcu/device_release_bad", "rcu-list-plain-delete", "hub_device_release"));
  }

  @Test
  void ofADeleteThatMakesALoop() throws Exception {
    String story = story("rcu/delete_init_bad", "rcu-list-delete-init", "sensor_remove");
    assertEquals(
        "sensor_remove() removes the node with list_del_init(): its next is the node itself from"
            + " here on, and no reader on it meets the head",
        story.lines().reduce((a, b) -> b).orElse(""));
  }

  @Test
  void ofAFree() throws Exception {
    assertEquals(
        """
        crate_add() publishes nodes with list_add_rcu()
        nobody in the tree holds a lock for crates_weight()
        the section in which crates_weight() walks begins here
        crates_weight() walks the list with list_for_each_entry_rcu() inside an RCU read-side critical section
        crate_gone() holds crates_lock@part_of_it.c, and crates_weight() walks without
        crate_gone() removes the node with list_del_rcu(): readers may still be on it
        freed here with no grace period between: such a reader goes on in freed memory
        crate_free() calls kfree()
        """,
        story("rcu/free_bad", "rcu-free-without-grace-period", "crate_gone"));
  }

  @Test
  void ofANodeOnAnotherList() throws Exception {
    String story = story("rcu/double_insert_bad", "rcu-double-insert", "gate_collect");
    assertEquals(
        "gate_collect() adds the node with list_add_tail(), with no grace period between: such a"
            + " reader goes on from there and never meets the head of its own list",
        story.lines().reduce((a, b) -> b).orElse(""));
  }

  @Test
  void ofACallbackThatOutlivesItsModule() throws Exception {
    String story = story("rcu/callback_exit_bad", "rcu-callback-without-barrier", "");
    assertEquals(
        "and no function of it comes to a barrier within 5 calls: a callback that is still queued"
            + " then runs text that is gone",
        story.lines().reduce((a, b) -> b).orElse("").replaceFirst("^.*?, ", ""));
  }

  /** The lines of the first story of that rule in that function, or in any. */
  private String story(String situation, String rule, String function) throws Exception {
    Fixture fixture =
        Corpus.fixtures().stream()
            .filter(f -> f.name().equals(situation))
            .findFirst()
            .orElseThrow();
    Path folder = Files.createDirectories(scratch.resolve(situation));
    fixture.writeTo(folder);
    try (Engine engine = new Engine(RuleSet.load().rules(), FactStore.none(), 1)) {
      Finding finding =
          engine
              .scan(WorkTree.open(folder), ScanRequest.EVERYTHING, Progress.NONE, () -> false)
              .findings()
              .stream()
              .map(r -> r.finding())
              .filter(f -> f.rule().equals(rule) && f.function().startsWith(function))
              .filter(f -> f.related().stream().noneMatch(r -> r.message().startsWith("latent")))
              .findFirst()
              .orElseThrow();
      return finding.related().stream().map(r -> r.message() + "\n").collect(Collectors.joining());
    }
  }
}
