// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.atlas.CallsAnswer.Callee;
import dev.pinion.analyzer.atlas.CallsAnswer.Caller;
import dev.pinion.analyzer.atlas.CallsAnswer.Execution;
import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import dev.pinion.analyzer.atlas.CallsAnswer.OfFunction;
import dev.pinion.analyzer.atlas.CallsAnswer.OfSlot;
import dev.pinion.analyzer.link.Linked;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallsQuestionTest {
  private static final String CORE =
      """
      struct dev_ops { void (*destroy)(struct dev *dev); };
      struct dev { const struct dev_ops *ops; struct work_struct work; };
      void dev_put(struct dev *dev)
      {
        dev->ops->destroy(dev);
      }
      void dev_drop(struct dev *dev)
      {
        dev_put(dev);
      }
      EXPORT_SYMBOL_GPL(dev_drop);
      """;

  private static final String USER =
      """
      static void user_work(struct work_struct *work) { dev_drop(to_dev(work)); }
      static void user_destroy(struct dev *dev) { kfree(dev); }
      static const struct dev_ops user_ops = {
        .destroy = user_destroy,
      };
      int user_probe(struct dev *dev)
      {
        void (*drop)(struct dev *dev);
        INIT_WORK(&dev->work, user_work);
        drop = symbol_get(dev_drop);
        drop(dev);
        return 0;
      }
      """;

  private final Program program = Linked.of("core.c", CORE, "user.c", USER);
  private final Atlas atlas = Atlas.of(program);

  private OfFunction function(String name) {
    return (OfFunction) Asked.one(atlas.calls(name));
  }

  private static List<String> callers(List<Caller> callers) {
    return callers.stream().map(c -> Asked.text(c.place())).toList();
  }

  @Test
  void directCallersByTheLineOfTheCall() {
    OfFunction put = function("dev_put");
    assertEquals("core.c:3 dev_put", Asked.text(put.definition()));
    assertEquals(List.of("core.c:9 dev_drop"), callers(put.callers()));
    Callee callee = put.callees().get(0);
    assertEquals("struct dev_ops.destroy", callee.name());
    assertEquals(List.of("user_destroy"), Asked.functions(callee.targets()));
  }

  @Test
  void aMemberHasImplementationsAndCallers() {
    OfSlot slot = (OfSlot) Asked.one(atlas.calls("dev_ops.destroy"));
    assertEquals("struct dev_ops.destroy", slot.slot());
    assertEquals(
        List.of("user.c:2 user_destroy"),
        slot.implementations().stream().map(Asked::text).toList());
    assertEquals(List.of("core.c:5 dev_put"), callers(slot.callers()));
  }

  @Test
  void callersThroughTheTableAFunctionStandsIn() {
    OfFunction destroy = function("user_destroy");
    assertEquals(List.of(), destroy.callers());
    Handout handout = destroy.handouts().get(0);
    assertEquals("user.c:4 ", Asked.text(handout.place()));
    assertEquals("user_ops", handout.table());
    assertEquals("struct dev_ops.destroy", handout.slot());
    assertEquals(List.of("core.c:5 dev_put"), callers(destroy.throughSlots().get(0).callers()));
  }

  @Test
  void aRegistrarWithTheContextItCallsIn() {
    Handout handout = function("user_work").handouts().get(0);
    assertEquals("user.c:9 user_probe", Asked.text(handout.place()));
    assertEquals("INIT_WORK", handout.registrar());
    assertEquals(new Execution("work", "process", List.of()), handout.execution());
  }

  @Test
  void aLookUpIsNoHandout() {
    OfFunction drop = function("dev_drop");
    assertEquals(List.of("user.c:1 user_work"), callers(drop.callers()));
    assertEquals(List.of(), drop.handouts());
    assertEquals("user.c:10 user_probe", Asked.text(drop.lookups().get(0).place()));
  }

  @Test
  void whatTheCoreHoldsIsTold() {
    Program net =
        Linked.of(
            "a.c",
            """
            static int a_open(struct net_device *dev) { return 0; }
            static int a_irq(int irq, void *p) { return 0; }
            static int a_thread(int irq, void *p) { return 0; }
            static const struct net_device_ops a_ops = { .ndo_open = a_open };
            struct net_device_ops { int (*ndo_open)(struct net_device *dev); };
            void a_probe(void) { request_threaded_irq(1, a_irq, a_thread, 0, "a", 0); }
            """);
    Atlas asked = Atlas.of(net);
    assertEquals(
        new Execution("", "", List.of("rtnl_mutex")),
        ((OfFunction) Asked.one(asked.calls("a_open"))).handouts().get(0).execution());
    assertEquals(
        new Execution("irq-handler", "hardirq", List.of("rcu")),
        ((OfFunction) Asked.one(asked.calls("a_irq"))).handouts().get(0).execution());
    assertEquals(
        new Execution("irq-handler-thread", "process", List.of()),
        ((OfFunction) Asked.one(asked.calls("a_thread"))).handouts().get(0).execution());
  }

  @Test
  void aNameOfManyFunctionsMustBeToldApart() {
    String[] files =
        IntStream.range(0, 9)
            .boxed()
            .flatMap(i -> java.util.stream.Stream.of(i + ".c", "static void probe(void) { }\n"))
            .toArray(String[]::new);
    Atlas many = Atlas.of(Linked.of(files));
    Answer.Unknown<List<CallsAnswer>> unknown = Asked.unknown(many.calls("probe"));
    assertEquals("'probe' is defined 9 times; name one as FILE:probe", unknown.why());
    assertEquals(5, unknown.near().size());
    OfFunction third = (OfFunction) Asked.one(many.calls("3.c:probe"));
    assertEquals("3.c:1 probe", Asked.text(third.definition()));
  }

  @Test
  void unknownNamesComeWithNearOnes() {
    assertEquals(
        new Answer.Unknown<>("no function 'dev_dorp'", List.of("dev_drop")),
        atlas.calls("dev_dorp"));
    assertEquals(
        new Answer.Unknown<>("no member 'destry' in struct 'dev_ops'", List.of("dev_ops.destroy")),
        atlas.calls("dev_ops.destry"));
    assertEquals(
        new Answer.Unknown<>("no function 'user.c:dev_drop'", List.of("core.c:dev_drop")),
        atlas.calls("user.c:dev_drop"));
  }
}
