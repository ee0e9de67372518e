// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lowering has a result for every input, and the same one each time. */
final class TotalityTest {
  private static final String SAMPLE =
      """
      struct foo { int a; struct { union { int b; char c[4]; }; } in; void (*fn)(int); };
      static const struct ops ops = { .a = f, .b = { .c = &g, [3] = 1 }, { 2 } };
      int f(struct foo *p, int n)
      {
        struct foo *q __free(kfree) = p ? get(p) : NULL, r = { .a = 1, };
        guard(mutex)(&p->lock);
        list_for_each_entry(q, &p->list, node) {
          if (WARN_ON(!q) || (n = q->a) < 0) goto out;
          switch (n) { case 1 ... 3: n++; fallthrough; case 4: break; default: return -1; }
          scoped_guard(rcu) { do { n -= 2; } while (n && --n); continue; }
        }
        for (int i = 0; i < n; i++) ((struct bar *)p)->x[i] = ({ int z = i; z + 1; });
        *p = (struct foo){ .a = container_of(p, struct bar, foo)->y };
      out:
        while (1) { asm volatile("" : "=r" (n)); if (n) break; }
        return_ptr(q);
      }
      """;

  /** Two readings whose functions stand between each other. */
  private static final String ARMS =
      """
      int first(void) { return 1; }
      #ifdef CONFIG_A
      static int second(struct foo *p) { static struct { int a; } s = { 1 }; return p->a + s.a; }
      #else
      static int second(struct foo *p) { return 0; }
      #endif
      int third(void) { return second(0); }
      """;

  private static final List<String> PIECES =
      List.of("(", ")", "{", "}", ";", ",", "*", "&", "case", "goto", "sizeof", "?", ":", "=", "x");

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void functionsLoweredOnDemandAreTheSame(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      byte[] bytes = (damaged(random) + ARMS).getBytes(StandardCharsets.UTF_8);
      List<Function> expected = FrontEnd.unit(bytes).functions();
      FileFunctions functions = FrontEnd.functions(bytes);
      assertEquals(expected.size(), functions.count());
      for (int i = expected.size() - 1; i >= 0; i--) {
        assertEquals(expected.get(i), functions.function(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void damagedFilesHaveAResult(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Unit unit = Lowered.unit(damaged(random));
      for (Function function : unit.functions()) {
        assertEquals(Optional.empty(), WellFormed.violation(function), function.name());
      }
      assertEquals(
          List.of(),
          unit.problems().stream()
              .filter(p -> p.kind() == Problem.Kind.CRASH && p.detail().startsWith("lowering"))
              .toList());
    }
  }

  private static String damaged(Random random) {
    List<String> words = new ArrayList<>(List.of(SAMPLE.split("(?<=\\W)|(?=\\W)", -1)));
    for (int i = 0; i < 6; i++) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(4)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(random.nextInt(words.size())));
        case 2 -> words.set(at, PIECES.get(random.nextInt(PIECES.size())));
        default -> words.subList(at, Math.min(words.size(), at + 8)).clear();
      }
    }
    return String.join("", words);
  }

  @Test
  void anyBytesHaveAResult() {
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      assertEquals(FrontEnd.unit(bytes), FrontEnd.unit(bytes.clone()));
    }
  }

  @Test
  void equalBytesHaveEqualResults() {
    assertEquals(Lowered.unit(SAMPLE), Lowered.unit(SAMPLE));
    assertFalse(Lowered.unit(SAMPLE).functions().isEmpty());
  }

  @Test
  void nestingBeyondTheLimitIsAProblemOfItsFunction() {
    String source =
        "void f(int n)\n{\n"
            + "if (n) ".repeat(Limits.DEPTH)
            + "a();\n}\nint g(void)\n{\n\treturn 1;\n}\n";
    Unit unit = Lowered.unit(source);
    assertEquals(
        List.of("LIMIT f nested deeper than " + Limits.DEPTH),
        unit.problems().stream()
            .map(p -> p.kind() + " " + p.function() + " " + p.detail())
            .toList());
    assertEquals(new Terminator.Unreachable(), unit.functions().get(0).cfg().entry().terminator());
    assertEquals("n", unit.functions().get(0).parameters().get(0).name());
    assertEquals("g", unit.functions().get(1).name());
  }

  @Test
  void tooManyBlocksAreAProblemOfTheirFunction() {
    String source = "void f(int n)\n{\n" + "if (n) a();\n".repeat(Limits.BLOCKS) + "}\n";
    Unit unit = Lowered.unit(source);
    assertEquals(
        List.of("LIMIT f more than " + Limits.BLOCKS + " blocks"),
        unit.problems().stream()
            .map(p -> p.kind() + " " + p.function() + " " + p.detail())
            .toList());
  }

  @Test
  void longChainsAreNoNesting() {
    String chain = "n" + " | n".repeat(3000);
    String ladder = "if (n == 1) a();\n" + "else if (n == 2) b();\n".repeat(100);
    Unit unit = Lowered.unit("int f(int n)\n{\n" + ladder + "return " + chain + ";\n}\n");
    assertEquals(List.of(), unit.problems());
    assertEquals(Optional.empty(), WellFormed.violation(unit.functions().get(0)));
  }
}
