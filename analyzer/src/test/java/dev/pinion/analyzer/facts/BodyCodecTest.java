// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BodyCodecTest {
  private static final String SOURCE =
      """
      struct foo { struct list_head node; struct foo *next; int (*ops)(int); int a[4]; };
      static inline int __init f(struct foo *p, unsigned long n, const char *name)
      {
      	struct foo *q = container_of(p->node.next, struct foo, node);
      	static int calls;
      	int (*fn)(int) = p->ops;
      	long big = 0x7fffffff00000001 + -3;

      	guard(mutex)(&p->next->lock);
      	list_for_each_entry(q, &p->node, node) {
      		if (q->a[n] >= -1 && (*q).next != NULL)
      			continue;
      		q->a[2] = p->ops(fn(3)) ? big : sizeof(struct foo);
      		pr_info("text \\"%s\\" ü", name);
      	}
      	switch (n) {
      	case 1:
      		return -22;
      	case 0x123456789:
      		BUG();
      	case SOME_ENUM:
      		calls++;
      		break;
      	default:
      		goto out;
      	}
      out:
      	kfree(q);
      	return calls;
      }
      void __weak empty(void) { }
      static void g(void) __must_hold(&lock) { for (;;) panic("x"); }
      """;

  private static List<Function> functions() {
    return FrontEnd.unit(SOURCE.getBytes(StandardCharsets.UTF_8)).functions();
  }

  @Test
  void aBodyComesBackAsItWas() {
    assertEquals(3, functions().size());
    for (Function function : functions()) {
      byte[] bytes = BodyCodec.encode(function);
      assertEquals(function, BodyCodec.decode(bytes));
      assertArrayEquals(bytes, BodyCodec.encode(BodyCodec.decode(bytes)));
    }
  }

  /** Otherwise the test above would say little. */
  @Test
  void theSampleHasEverySortOfThing() {
    Set<String> sorts = new TreeSet<>();
    for (Function function : functions()) {
      for (BasicBlock block : function.cfg().blocks()) {
        add(block.terminator(), sorts);
        block.instructions().forEach(i -> add(i, sorts));
      }
    }
    Set<String> missing = new TreeSet<>();
    for (Class<?> sealed :
        List.of(Terminator.class, Instruction.class, Value.class, Instruction.Callee.class)) {
      for (Class<?> sort : sealed.getPermittedSubclasses()) {
        missing.add(sort.getSimpleName());
      }
    }
    missing.removeAll(sorts);
    assertEquals(Set.of(), missing);
  }

  private static void add(Terminator terminator, Set<String> sorts) {
    sorts.add(terminator.getClass().getSimpleName());
    if (terminator instanceof Terminator.Branch branch) {
      add(branch.condition().left(), sorts);
      add(branch.condition().right(), sorts);
    }
  }

  private static void add(Instruction instruction, Set<String> sorts) {
    sorts.add(instruction.getClass().getSimpleName());
    if (instruction instanceof Instruction.Assign assign) {
      add(assign.value(), sorts);
    } else if (instruction instanceof Instruction.Call call) {
      sorts.add(call.callee().getClass().getSimpleName());
      call.arguments().forEach(a -> add(a, sorts));
    }
  }

  private static void add(Value value, Set<String> sorts) {
    sorts.add(value.getClass().getSimpleName());
    if (value instanceof Value.Compound compound) {
      compound.operands().forEach(o -> add(o, sorts));
    }
  }

  @Test
  void numbersOfAnySizeSurvive() {
    for (long number : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, -1L << 32}) {
      FactsWriter out = new FactsWriter();
      out.wide(number);
      assertEquals(number, new FactsReader(out.toBytes(), Sharing.none()).wide());
    }
  }

  @Test
  void otherBytesAreRefused() {
    byte[] good = BodyCodec.encode(functions().get(0));
    assertThrows(
        RuntimeException.class, () -> BodyCodec.decode(Arrays.copyOf(good, good.length + 1)));
    assertTrue(good.length > 100);
    assertThrows(
        RuntimeException.class, () -> BodyCodec.decode(Arrays.copyOf(good, good.length / 2)));
  }
}
