// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What the core holds when it calls a function. */
class EntryPointsTest {
  private static void check(String expected, String... pathsAndTexts) {
    Program program = Linked.of(pathsAndTexts);
    FunctionRef f = Linked.function(program, "f");
    Contexts contexts = Contexts.of(program);
    assertEquals(
        expected,
        contexts.entry(f).locks().keySet() + (contexts.isKnown(f) ? "" : " and ways out of sight"));
  }

  @Test
  void aFlagBesideTheFunctionSaysThatTheLockIsNotHeld() {
    String f = "static int f(struct sk_buff *skb) { return 0; }\n";
    check(
        "[rtnl_mutex]",
        "a.c",
        f + "void g(void) { rtnl_register(PF_UNSPEC, RTM_NEWROUTE, f, NULL, 0); }");
    check(
        "[]",
        "a.c",
        f
            + "void g(void) { rtnl_register(PF_UNSPEC, RTM_NEWROUTE, f, NULL,"
            + " RTNL_FLAG_OTHER | RTNL_FLAG_DOIT_UNLOCKED); }");
    check(
        "[rtnl_mutex]",
        "a.c",
        f
            + "void g(void) { rtnl_register(PF_UNSPEC, RTM_NEWROUTE, NULL, f,"
            + " RTNL_FLAG_DOIT_UNLOCKED); }");
  }

  @Test
  void flagsOfATableBelongToTheirElement() {
    String table =
        """
        struct rtnl_msg_handler { int protocol; int (*doit)(struct sk_buff *skb); int flags; };
        static int f(struct sk_buff *skb) { return 0; }
        static int g(struct sk_buff *skb) { return 0; }
        static const struct rtnl_msg_handler all[] = {
          { .protocol = PF_A, .doit = %s },
          { .protocol = PF_B, .doit = %s, .flags = OTHER | RTNL_FLAG_DOIT_UNLOCKED },
        };
        """;
    check("[rtnl_mutex]", "a.c", String.format(table, "f", "g"));
    check("[]", "a.c", String.format(table, "g", "f"));
  }

  @Test
  void positionalValuesHaveMembers() {
    check(
        "[rtnl_mutex]",
        "a.c",
        """
        struct rtnl_msg_handler { int protocol; int (*doit)(struct sk_buff *skb); int flags; };
        static int f(struct sk_buff *skb) { return 0; }
        static const struct rtnl_msg_handler all[] = { { PF_A, f, 0 } };
        """);
  }

  @Test
  void workOfAWiphyRunsUnderItsLock() {
    check(
        "[struct wiphy.mtx]",
        "a.c",
        """
        static void f(struct wiphy *wiphy, struct wiphy_work *work) { }
        void g(struct box *b) { wiphy_work_init(&b->work, f); }
        """);
  }

  @Test
  void aNotifierMayBeRegisteredInAnotherFile() {
    String block =
        """
        struct notifier_block { int (*notifier_call)(struct notifier_block *nb); };
        static int f(struct notifier_block *nb) { return 0; }
        %sstruct notifier_block box_notifier = { .notifier_call = f };
        """;
    String other = "void start(void) { register_netdevice_notifier(&box_notifier); }";
    check("[rtnl_mutex]", "a.c", String.format(block, ""), "b.c", other);
    check("[] and ways out of sight", "a.c", String.format(block, "static "), "b.c", other);
  }

  @Test
  void aTraceEventOfTheFunctionsNameIsNoUseOfIt() {
    String code =
        """
        static DEFINE_MUTEX(big);
        static void f(void) { }
        void g(void) { mutex_lock(&big); f(); mutex_unlock(&big); }
        """;
    check("[big@a.c]", "a.c", code + "TRACE_EVENT(f, TP_PROTO(int a), TP_ARGS(a));");
    check("[] and ways out of sight", "a.c", code + "SOME_TABLE(f, 1);");
  }

  @Test
  void aFunctionInALocalVariableIsUsedWhereTheVariableIs() {
    String f = "static void f(struct work_struct *w) { }\n";
    check(
        "[struct wiphy.mtx]",
        "a.c",
        f + "void g(struct box *b) { void *fn = f; wiphy_work_init(&b->work, fn); }");
    check(
        "[] and ways out of sight",
        "a.c",
        f + "void g(struct box *b, int c) { void (*fn)(void) = c ? f : NULL; start(b, fn); }");
    check(
        "[] and ways out of sight",
        "a.c",
        f + "static DEFINE_MUTEX(big); void g(void) { void (*fn)(void) = f; fn(); }");
    check("[] and ways out of sight", "a.c", f + "void *g(void) { return f; }");
    check("[] and ways out of sight", "a.c", f + "void g(struct box *b) { b->ops->start(f); }");
  }
}
