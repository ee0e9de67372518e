// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConstantPropagationTest {
  /** The calls that are made by a function that is passed false and NULL. */
  private static void check(String body, String calls) {
    String source =
        "void f(bool wait, struct s *s, int n)\n{\n\tbool w;\n\tu8 m;\n\t" + body + "\n}\n";
    Function function = FrontEnd.unit(source.getBytes(StandardCharsets.UTF_8)).functions().get(0);
    Solution<ConstantValues> solution =
        ConstantPropagation.of(
            function, Map.of("wait", Known.ZERO, "s", Known.ZERO), "swap"::equals);
    assertTrue(solution.complete());
    TreeSet<String> made = new TreeSet<>();
    solution.forEach(
        (block, instruction, before) -> {
          if (before.isReachable() && instruction instanceof Instruction.Call call) {
            made.add(call.name());
          }
        });
    assertEquals(calls, String.join(" ", made));
  }

  @Test
  void aMacroMayAssignWhatItIsGiven() {
    check("swap(s, n); if (s) a(); else b();", "a b swap");
    check("look(s); if (s) a(); else b();", "b look");
  }

  @Test
  void aBranchOnAConstantGoesOneWay() {
    check("if (wait) a(); else b();", "b");
    check("if (s) a(); else b();", "b");
    check("if (s && n) a();", "");
    check("if (n) a(); else b();", "a b");
  }

  @Test
  void copiesAndNegationsAreFollowed() {
    check("w = !wait; if (w) a(); else b();", "a");
    check("w = !!s; if (w) a(); else b();", "b");
    check("m = n & wait; if (m) a(); else b();", "b");
  }

  @Test
  void aSwitchGoesToItsCase() {
    check("m = 2; switch (m) { case 1: a(); break; case 2: b(); break; default: c(); }", "b");
    check("m = 3; switch (m) { case 1: a(); break; default: c(); }", "c");
    check("switch (n) { case 1: a(); break; default: c(); }", "a c");
  }

  @Test
  void whatIsAssignedOnOneWayIsNotKnown() {
    check("if (n) wait = true; if (wait) a(); else b();", "a b");
    check("if (n) wait = g(); if (wait) a(); else b();", "a b g");
  }

  @Test
  void aVariableWhoseAddressIsTakenMayHoldAnything() {
    check("g(&wait); if (wait) a(); else b();", "a b g");
  }

  @Test
  void aNumberThatItsTypeMayNotHoldIsNotKnown() {
    check("m = 256; if (m) a(); else b();", "a b");
    check("w = 256; if (w == 1) a(); else b();", "a");
  }

  @Test
  void aLoopComesToAnEnd() {
    check("for (m = 0; m < n; m++) { if (m) a(); else b(); }", "a b");
  }
}
