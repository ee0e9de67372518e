// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the ledger counts: field, variable, bare pointer, unknown. */
class OperandLedgerTest {
  @Test
  void countsByWhatIsKnown() {
    Program program =
        Linked.of(
            "a.c",
            """
            struct hub { spinlock_t lock; struct list_head all; void (*fn)(void); refcount_t refs; };
            static LIST_HEAD(every);
            void f(struct hub *h, spinlock_t *l, struct what *w)
            {
              spin_lock(&h->lock);
              list_add(&h->all, &every);
              h->fn();
              spin_unlock(&h->lock);
              spin_lock(l);
              refcount_inc(&h->refs);
              list_del(&w->node);
              spin_unlock(l);
            }
            """);
    OperandLedger.Ledger ledger = OperandLedger.ledger(program);
    assertEquals(
        "call through a member 1/0/0/0, counter 1/0/0/0, list 1/1/0/1, lock 1/0/1/0",
        ledger.counts.entrySet().stream()
            .map(e -> e.getKey() + " " + join(e.getValue()))
            .collect(Collectors.joining(", ")));
    assertEquals(1, ledger.unknown.size());
  }

  private static String join(int[] counts) {
    return java.util.Arrays.stream(counts)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("/"));
  }
}
