// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is surely held over all ways into a function. */
class ContextsTest {
  private static void check(String expected, String source) {
    assertEquals(expected, Probed.held(source));
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

  @Test
  void whatTheStartOfAnIterationEntersIsOpenInItsSteps() {
    String steps =
        """
        struct seq_operations {
          void *(*start)(struct seq_file *m, loff_t *pos);
          int (*show)(struct seq_file *m, void *v);
          void (*stop)(struct seq_file *m, void *v);
        };
        static int f(struct seq_file *m, void *v) { probe(); return 0; }
        static void stop(struct seq_file *m, void *v) { rcu_read_unlock(); }
        static const struct seq_operations ops = { .start = start, .show = f, .stop = stop };
        """;
    check(
        " | rcu",
        "static void *start(struct seq_file *m, loff_t *p) { rcu_read_lock(); return m; }\n"
            + steps);
    check(" | ", "static void *start(struct seq_file *m, loff_t *p) { return m; }\n" + steps);
    check(
        " | ",
        "static void *start(struct seq_file *m, loff_t *p) { if (*p) rcu_read_lock(); return m; }\n"
            + steps);
    check(
        " | ",
        "static void *start(struct seq_file *m, loff_t *p) { rcu_read_lock(); return m; }\n"
            + "static void *next(struct seq_file *m) { rcu_read_unlock(); return m; }\n"
            + steps.replace(".start = start", ".start = start, .next = next"));
  }

  @Test
  void ofTwoRowsForAMemberTheOneForTheFlagCounts() {
    String type =
        """
        struct nfnl_callback { int (*call)(struct sk_buff *skb); int type; };
        static int f(struct sk_buff *skb) { probe(); return 0; }
        """;
    check(
        " | rcu",
        type + "static const struct nfnl_callback c[] = { { .call = f, .type = NFNL_CB_RCU } };");
    check(
        "struct nftables_pernet.commit_mutex | ",
        type + "static const struct nfnl_callback c[] = { { .call = f, .type = NFNL_CB_BATCH } };");
    check(
        " | ",
        type + "static const struct nfnl_callback c[] = { { .call = f, .type = NFNL_CB_MUTEX } };");
    check(
        "struct nftables_pernet.commit_mutex | ",
        type
            + """
            static const struct nfnl_callback c[] = {
              { .call = g, .type = NFNL_CB_RCU, .count = NR, .policy = p },
              { .call = f, .type = NFNL_CB_BATCH, .count = NR, .policy = p },
              { .call = h, .type = NFNL_CB_RCU },
            };
            """);
  }

  @Test
  void callersThroughAnOpsTableCount() {
    String ops =
        """
        struct box_ops { void (*drop)(struct box *b); };
        static void f(struct box *b) { probe(); }
        static const struct box_ops ops = { .drop = f };
        """;
    check(
        "struct box.lock | rcu",
        ops
            + """
            void g(struct box *b, const struct box_ops *o)
            {
              mutex_lock(&b->lock);
              rcu_read_lock();
              o->drop(b);
              rcu_read_unlock();
              mutex_unlock(&b->lock);
            }
            """);
    check(
        " | ",
        ops
            + """
            void g(struct box *b, const struct box_ops *o)
            {
              mutex_lock(&b->lock);
              o->drop(b);
              mutex_unlock(&b->lock);
            }
            void h(struct box *b, const struct box_ops *o) { o->drop(b); }
            """);
  }

  @Test
  void aParameterThatIsCalledIsAWayIn() {
    check(
        "big@a.c | ",
        """
        static void for_all(void (*fn)(void)) { mutex_lock(&big); fn(); mutex_unlock(&big); }
        static void f(void) { probe(); }
        void g(void) { for_all(f); }
        """);
  }

  @Test
  void aParameterThatIsKeptIsCalledThroughItsMember() {
    String keeper =
        """
        struct hub { void (*fn)(struct box *b); };
        static void keep(struct hub *h, void (*fn)(struct box *b)) { h->fn = fn; }
        static void f(struct box *b) { probe(); }
        void start(struct hub *h) { keep(h, f); }
        """;
    check(
        "struct box.lock | ",
        keeper
            + """
            void g(struct hub *h, struct box *b)
            {
              mutex_lock(&b->lock);
              h->fn(b);
              mutex_unlock(&b->lock);
            }
            """);
    check(
        " | ",
        keeper.replace("h->fn = fn;", "h->fn = fn; fn(NULL);")
            + """
            void g(struct hub *h, struct box *b)
            {
              mutex_lock(&b->lock);
              h->fn(b);
              mutex_unlock(&b->lock);
            }
            """);
  }

  @Test
  void callersOfCallersCountEvenInARing() {
    check(
        "big@a.c | ",
        """
        static void f(void) { probe(); }
        static void e(int n) { f(); if (n) e(n - 1); }
        static void d(void) { e(3); }
        static void c(void) { d(); }
        void g(void) { mutex_lock(&big); c(); mutex_unlock(&big); }
        """);
  }

  @Test
  void whatTheCallerDropsIsNotHeldForTheCallee() {
    String callee = "static void f(struct box *b) { probe(); }\n";
    String holder = "void h(struct box *b) { mutex_lock(&b->lock); g(b); mutex_unlock(&b->lock); }";
    check(
        " | ",
        callee
            + """
            static void g(struct box *b)
            {
              mutex_unlock(&b->lock);
              f(b);
              mutex_lock(&b->lock);
            }
            """
            + holder);
    check(
        "struct box.lock | ",
        callee
            + """
            static void g(struct box *b)
            {
              mutex_unlock(&b->lock);
              mutex_lock(&b->lock);
              f(b);
            }
            """
            + holder);
    check(
        " | ",
        "static void f(struct box *b) { mutex_unlock(&b->lock); probe(); mutex_lock(&b->lock); }\n"
            + holder.replace("g(b)", "f(b)"));
  }

  @Test
  void assertionsOfCallersCountUnlessTheyAreIgnored() {
    Program program =
        Linked.of(
            "a.c",
            Probed.STRUCTS
                + """
                static void f(struct box *b) { probe(); }
                void g(struct box *b) { lockdep_assert_held(&b->lock); f(b); }
                """);
    FunctionRef f = Linked.function(program, "f");
    assertEquals("[struct box.lock]", Contexts.of(program).entry(f).locks().keySet().toString());
    assertEquals(
        "[]",
        Contexts.of(program, Contexts.Assertions.IGNORED).entry(f).locks().keySet().toString());
  }

  @Test
  void aMacroThatCallsIsAWayIn() {
    check(
        "big@a.c | ",
        """
        void f(int n);
        #define twice(n) (f(n), f(n))
        void f(int n) { probe(); }
        void g(void) { mutex_lock(&big); twice(2); mutex_unlock(&big); }
        """);
  }

  @Test
  void aNameInsideOfWhatAMacroIsGivenIsAWayOutOfSight() {
    Program program =
        Linked.of(
            "a.c",
            """
            void f(int n) { probe(); }
            void g(int n) { probe(); }
            GEN_op(DO_F, GEN_doit(f), 3)
            """);
    Contexts contexts = Contexts.of(program);
    assertEquals(false, contexts.isKnown(Linked.function(program, "f")));
    assertEquals(true, contexts.isKnown(Linked.function(program, "g")));
  }

  @Test
  void aRingOfCallsAddsNothing() {
    check(
        "big@a.c | ",
        """
        static void f(int n) { probe(); if (n) odd(n - 1); }
        static void odd(int n) { f(n); }
        void g(void) { mutex_lock(&big); odd(7); mutex_unlock(&big); }
        """);
    check(
        " | ",
        """
        static void f(int n) { probe(); if (n) odd(n - 1); }
        static void odd(int n) { f(n); }
        void g(void) { mutex_lock(&big); odd(7); mutex_unlock(&big); }
        void h(void) { odd(7); }
        """);
  }

  @Test
  void itDoesNotMatterWhoAsksFirst() {
    String source =
        Probed.STRUCTS
            + """
            static void f(int n) { probe(); if (n) odd(n - 1); }
            static void odd(int n) { f(n); }
            void g(void) { mutex_lock(&big); odd(7); mutex_unlock(&big); }
            """;
    Program one = Linked.of("a.c", source);
    Program other = Linked.of("a.c", source);
    Contexts.of(other).entry(Linked.function(other, "odd"));
    assertEquals(
        Contexts.of(one).entry(Linked.function(one, "f")),
        Contexts.of(other).entry(Linked.function(other, "f")));
  }
}
