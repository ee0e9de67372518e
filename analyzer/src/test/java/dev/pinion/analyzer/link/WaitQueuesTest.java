// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits on a queue, who wakes it, and to whom its address goes. */
class WaitQueuesTest {
  private static final String BOX =
      """
      struct box { wait_queue_head_t wait; wait_queue_head_t *other; struct completion done; int n; };
      static DECLARE_WAIT_QUEUE_HEAD(all_wait);
      """;

  private static void check(String expected, FieldRef queue, String functions) {
    Program program = Linked.of("a.c", BOX + functions);
    List<String> uses =
        WaitQueues.of(program).of(queue).stream()
            .map(
                u ->
                    u.function().name()
                        + " "
                        + u.operation().api()
                        + (u.api().isEmpty() ? " ?" : u.wakes() ? " wakes" : ""))
            .toList();
    assertEquals(expected, uses.toString());
  }

  @Test
  void aWaitSpellsTheQueueAndAWakeUpItsAddress() {
    check(
        "[f wait_event, g wake_up_all wakes]",
        new FieldRef("box", "wait"),
        """
        void f(struct box *b) { wait_event(b->wait, b->n); }
        void g(struct box *b) { wait_queue_head_t *q = &b->wait; wake_up_all(q); }
        void h(struct box *b) { wake_up(b->other); wait_event(*b->other, b->n); }
        """);
  }

  @Test
  void aGlobalQueueIsKnownByItsName() {
    check(
        "[g wake_up wakes, g tell ?, f wait_event]",
        new FieldRef("", "all_wait@a.c"),
        """
        void g(void) { wake_up(&all_wait); tell(&all_wait); }
        void f(struct box *b) { wait_event(all_wait, b->n); }
        """);
  }

  @Test
  void whoIsGivenTheAddressMayWake() {
    check(
        "[f wait_for_completion, g tell ?]",
        new FieldRef("box", "done"),
        """
        void f(struct box *b) { wait_for_completion(&b->done); }
        void g(struct box *b) { tell(&b->done); }
        """);
  }
}
