// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FactsCodecTest {
  private static final String SOURCE =
      """
      #include <linux/list.h>
      #include "own.h"
      #define each_thing(t, b) list_for_each_entry(t, &(b)->things, node)
      typedef struct { int x; } pair_t;
      struct box { struct list_head things; union { int a; long b; }; const struct box_ops *ops; };
      struct box_ops { void (*open)(struct box *b); };
      struct thing { struct list_head node; pair_t pair; };
      static void box_open(struct box *b);
      static const struct box_ops ops = { .open = box_open };
      EXPORT_SYMBOL_GPL(box_walk);
      int box_walk(struct box *b)
      {
        struct thing *t;
        b->ops = &ops;
        list_for_each_entry(t, &b->things, node)
          register_thing(t, box_open);
        return b->ops->open ? symbol_get(foo) != 0 : 0;
      }
      """;

  private static FileFacts facts() {
    byte[] bytes = SOURCE.getBytes(StandardCharsets.UTF_8);
    return new FactExtractor(KernelModel.load()).extract(FrontEnd.unit(bytes));
  }

  @Test
  void whatIsWrittenIsRead() {
    FileFacts facts = facts();
    assertEquals(facts, FactsCodec.decode(FactsCodec.encode(facts), Sharing.none()));
    assertTrue(facts.structs().size() >= 3, "the sample has something in every list");
    assertEquals(1, facts.functions().size());
    assertEquals(2, facts.functions().get(0).operations().size());
  }

  @Test
  void equalFactsGiveEqualBytes() {
    assertArrayEquals(FactsCodec.encode(facts()), FactsCodec.encode(facts()));
  }

  @Test
  void factsOfAnUnreadableFileSurviveToo() {
    FileFacts facts =
        FileFacts.unreadable(new Problem(Problem.Kind.UNREADABLE, 1, "", "permission denied"));
    assertEquals(facts, FactsCodec.decode(FactsCodec.encode(facts), Sharing.none()));
  }

  @Test
  void bytesLeftOverAreAMistake() {
    byte[] bytes = FactsCodec.encode(facts());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(RuntimeException.class, () -> FactsCodec.decode(longer, Sharing.none()));
  }
}
