// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is surely held at the call of {@code probe()} in {@code f()}. */
class ContextsTest {
  private static final String STRUCTS =
      """
      struct box { struct mutex lock; spinlock_t slock; struct rw_semaphore sem; };
      static DEFINE_MUTEX(big);
      """;

  private static void check(String expected, String source) {
    Program program = Linked.of("a.c", STRUCTS + source);
    FunctionRef f = Linked.function(program, "f");
    Context context = Contexts.of(program).at(f, Linked.call(program, f, "probe").position());
    String locks =
        context.locks().values().stream()
            .map(l -> l.identity() + (l.mode().name().equals("SHARED") ? " shared" : ""))
            .collect(Collectors.joining(", "));
    assertEquals(expected, locks + " | " + String.join(", ", context.sections().keySet()));
  }

  @Test
  void heldOnAllPaths() {
    check(
        "struct box.lock | ",
        "void f(struct box *b) { mutex_lock(&b->lock); probe(); mutex_unlock(&b->lock); }");
    check(" | ", "void f(struct box *b, int c) { if (c) mutex_lock(&b->lock); probe(); }");
    check(
        " | ", "void f(struct box *b) { mutex_lock(&b->lock); mutex_unlock(&b->lock); probe(); }");
  }

  @Test
  void anAliasIsTheSameLock() {
    check(
        " | ",
        """
        void f(struct box *b)
        {
          struct mutex *m = &b->lock;
          mutex_lock(&b->lock);
          mutex_unlock(m);
          probe();
        }
        """);
  }

  @Test
  void conditionalLocks() {
    check(
        "struct box.lock | ",
        "void f(struct box *b) { if (!mutex_trylock(&b->lock)) return; probe(); }");
    check(
        "struct box.lock | ",
        """
        int f(struct box *b)
        {
          int ret = mutex_lock_interruptible(&b->lock);
          if (ret)
            return ret;
          probe();
          return 0;
        }
        """);
    check(" | ", "void f(struct box *b) { if (mutex_trylock(&b->lock)) return; probe(); }");
  }

  @Test
  void guardsEndWithTheirScope() {
    check(
        "struct box.lock | rcu",
        "void f(struct box *b) { guard(mutex)(&b->lock); guard(rcu)(); probe(); }");
    check(" | ", "void f(struct box *b) { { guard(mutex)(&b->lock); work(); } probe(); }");
    check(
        "struct box.sem shared | ",
        "void f(struct box *b) { scoped_guard(rwsem_read, &b->sem) { probe(); } }");
  }

  @Test
  void sectionsAndAssertions() {
    check(
        "struct box.slock | rcu",
        "void f(struct box *b) { rcu_read_lock(); lockdep_assert_held(&b->slock); probe(); }");
    check("rtnl_mutex | ", "void f(void) { ASSERT_RTNL(); probe(); }");
  }

  @Test
  void allCallersCount() {
    check(
        "big@a.c | ",
        """
        static void f(void) { probe(); }
        void g(void) { mutex_lock(&big); f(); mutex_unlock(&big); }
        void h(void) { mutex_lock(&big); rcu_read_lock(); f(); rcu_read_unlock(); mutex_unlock(&big); }
        """);
    check(
        " | ",
        """
        static void f(void) { probe(); }
        void g(void) { mutex_lock(&big); f(); mutex_unlock(&big); }
        void h(void) { f(); }
        """);
  }

  @Test
  void anEscapingFunctionHasUnknownCallers() {
    check(
        " | ",
        """
        static void f(void) { probe(); }
        void g(void) { mutex_lock(&big); f(); mutex_unlock(&big); start_thread(f); }
        """);
  }

  @Test
  void theCoreHoldsWhatTheModelSays() {
    check(
        "rtnl_mutex | ",
        """
        struct net_device_ops { int (*ndo_open)(struct net_device *dev); };
        static int f(struct net_device *dev) { probe(); return 0; }
        static const struct net_device_ops ops = { .ndo_open = f };
        """);
    check(
        "rtnl_mutex | ",
        """
        struct notifier_block { int (*notifier_call)(struct notifier_block *nb); };
        static int f(struct notifier_block *nb) { probe(); return 0; }
        static struct notifier_block nb = { .notifier_call = f };
        int start(void) { return register_netdevice_notifier(&nb); }
        """);
  }
}
