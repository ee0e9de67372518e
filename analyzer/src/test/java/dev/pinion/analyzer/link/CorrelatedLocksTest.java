// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Locks that are taken and given back under one condition. */
class CorrelatedLocksTest {
  private static void check(String expected, String body) {
    assertEquals(
        expected, Probed.held("int f(struct box *b, int locked, int n)\n{\n" + body + "}\n"));
  }

  @Test
  void aConditionThatIsTestedAgainGoesTheSameWay() {
    String body =
        """
        int got = 0;
        if (n) {
          mutex_lock(&b->lock);
          got = 1;
        }
        work(b);
        if (!got)
          return 0;
        probe();
        """;
    check("struct box.lock | ", body);
    check(" | ", body.replace("work(b);", "change(&got);"));
    check(" | ", body.replace("work(b);", "got = more(b);"));
    check("struct box.lock | ", body.replace("if (!got)", "if (n == 0)"));
    check(" | ", body.replace("if (!got)", "if (n == 1)"));
    check(" | ", body.replace("if (!got)", "if (locked)"));
  }

  @Test
  void whoGivesBackOnlyWhatHeTookLeavesCallersLocksAlone() {
    String caller =
        """
        static void g(struct box *b, int locked)
        {
          if (!locked)
            mutex_lock(&b->lock);
          work(b);
          if (!locked)
            mutex_unlock(&b->lock);
        }
        int f(struct box *b)
        {
          mutex_lock(&b->lock);
          g(b, 1);
          probe();
          mutex_unlock(&b->lock);
          return 0;
        }
        """;
    assertEquals("struct box.lock | ", Probed.held(caller));
    assertEquals(
        " | ", Probed.held(caller.replace("if (!locked)\n    mutex_unlock", "mutex_unlock")));
  }

  @Test
  void aLockThatIsTakenOneWayOrTheOtherIsHeld() {
    check(
        "struct box.sem shared | ",
        """
        int err;
        if (n)
          err = down_write_killable(&b->sem);
        else
          err = down_read_interruptible(&b->sem);
        if (err)
          return err;
        probe();
        """);
  }

  @Test
  void theOtherArmOfAnErrorHoldsTheLock() {
    String body =
        """
        int ret;
        mutex_lock(&b->lock);
        ret = work(b);
        if (ret)
          mutex_unlock(&b->lock);
        more(b);
        if (ret)
          return ret;
        probe();
        """;
    check("struct box.lock | ", body);
    check(" | ", body.replace("more(b);", "ret = more(b);"));
  }

  @Test
  void tooManyKindsOfPathsHoldWhatAllHold() {
    StringBuilder body = new StringBuilder("mutex_lock(&big);\n");
    for (int i = 0; i < 8; i++) {
      body.append("if (test(").append(i).append(")) mutex_lock(&b->m").append(i).append(");\n");
    }
    check("big@a.c | ", body + "probe();\n");
  }

  @Test
  void loopsComeToAnEnd() {
    check(
        " | ",
        """
        int held = 0;
        while (more(b)) {
          if (held) {
            mutex_unlock(&b->lock);
            held = 0;
          } else {
            mutex_lock(&b->lock);
            held = 1;
          }
        }
        probe();
        """);
  }
}
