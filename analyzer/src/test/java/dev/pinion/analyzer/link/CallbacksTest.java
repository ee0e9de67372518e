// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.facts.Operation;
import org.junit.jupiter.api.Test;

/** Whom {@code stop()} waits for. */
class CallbacksTest {
  private static final String BOX =
      """
      struct box { struct work_struct work; struct work_struct other; struct delayed_work late; };
      static void run(struct work_struct *work) { }
      static void walk(struct work_struct *work) { }
      """;

  private static String waitedFor(String... pathsAndTexts) {
    Program program = Linked.of(pathsAndTexts);
    FunctionRef stop = Linked.function(program, "stop");
    Operation wait = program.operations(stop).get(0);
    String kind = Callbacks.wait(program, wait.api()).orElseThrow().texts().getOrDefault("as", "");
    Callbacks.SetUps found = Callbacks.of(program).of(wait.operand(0), kind, stop.file());
    return found.starts().stream().map(s -> s.callback().name()).toList()
        + (found.complete() ? "" : " and others");
  }

  @Test
  void theOneThatTheMemberWasSetUpWith() {
    String start =
        "void start(struct box *b) { INIT_WORK(&b->work, run); INIT_WORK(&b->other, walk); }\n";
    String stop = "void stop(struct box *b) { cancel_work_sync(&b->work); }\n";
    assertEquals("[run]", waitedFor("a.c", BOX + start + stop));
    assertEquals("[walk]", waitedFor("a.c", BOX + start + stop.replace("&b->work", "&b->other")));
    assertEquals("[]", waitedFor("a.c", BOX + stop));
  }

  @Test
  void ofTheSameKindOnly() {
    assertEquals(
        "[run]",
        waitedFor(
            "a.c",
            BOX
                + """
                void start(struct box *b) { INIT_DELAYED_WORK(&b->late, run); }
                void stop(struct box *b) { flush_delayed_work(&b->late); }
                """));
    assertEquals(
        "[]",
        waitedFor(
            "a.c",
            BOX
                + """
                void start(struct box *b) { INIT_DELAYED_WORK(&b->late, run); }
                void stop(struct box *b) { cancel_work_sync(&b->late); }
                """));
  }

  @Test
  void aFunctionThatIsNotKnownIsAnother() {
    assertEquals(
        "[run] and others",
        waitedFor(
            "a.c",
            BOX
                + """
                void start(struct box *b) { INIT_WORK(&b->work, run); }
                void restart(struct box *b, work_func_t fn) { INIT_WORK(&b->work, fn); }
                void stop(struct box *b) { cancel_work_sync(&b->work); }
                """));
  }

  @Test
  void aVariableOfTheFile() {
    assertEquals(
        "[run]",
        waitedFor(
            "a.c",
            BOX + "static DECLARE_WORK(job, run);\nvoid stop(void) { flush_work(&job); }\n"));
    assertEquals(
        "[walk]",
        waitedFor(
            "a.c",
            BOX
                + """
                static struct work_struct job;
                void start(void) { INIT_WORK(&job, walk); }
                void stop(void) { flush_work(&job); }
                """));
  }
}
