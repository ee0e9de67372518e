// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What code says of locks without taking them, and locks that only a function knows. */
class LockBeliefsTest {
  private static void check(String expected, String source) {
    assertEquals(expected, Probed.held(source));
  }

  @Test
  void anAnnotationOfADefinitionIsBelieved() {
    check("struct box.lock | ", "static void f(struct box *b) __must_hold(&b->lock) { probe(); }");
    check("struct box.lock | ", "static void f(struct box *b) __must_hold(b->lock) { probe(); }");
    check("big@a.c | ", "static void f(struct box *b) __must_hold(&big) { probe(); }");
    check(" | ", "static void f(struct box *b) __must_hold(RCU) { probe(); }");
    check(
        " | ",
        "static void f(struct box *b) __must_hold(&b->lock) { mutex_unlock(&b->lock); probe(); }");
  }

  @Test
  void anAnnotationIsAnAssertion() {
    Program program =
        Linked.of(
            "a.c",
            Probed.STRUCTS
                + """
                static void f(struct box *b) { probe(); }
                static void g(struct box *b) __must_hold(&b->lock) { f(b); }
                """);
    FunctionRef f = Linked.function(program, "f");
    assertEquals("[struct box.lock]", Contexts.of(program).entry(f).locks().keySet().toString());
    assertEquals(
        "[]",
        Contexts.of(program, Contexts.Assertions.IGNORED).entry(f).locks().keySet().toString());
  }

  @Test
  void whoSaysThatHeGivesALockBackIsBelieved() {
    String caller =
        """
        static void g(struct box *b) __releases(&b->lock) { odd(b); }
        static void f(struct box *b)
        {
          mutex_lock(&b->lock);
          g(b);
          probe();
        }
        """;
    check(" | ", caller);
    check("struct box.lock | ", caller.replace("{ odd(b); }", "__acquires(&b->lock) { odd(b); }"));
  }

  @Test
  void aConditionThatMustHoldNamesALock() {
    String body = "void f(struct box *b, int c) { USE; probe(); }";
    check(
        "struct box.lock | ",
        body.replace("USE", "b = rcu_dereference_protected(b, lockdep_is_held(&b->lock))")
            .replace("(b, lock", "(b->up, lock")
            .replace("b = rcu", "use(rcu")
            .replace("lock));", "lock)));"));
    check("struct box.lock | ", body.replace("USE", "lockdep_assert(lockdep_is_held(&b->lock))"));
    check(
        "rtnl_mutex | ",
        body.replace("USE", "use(rcu_dereference_protected(b->up, lockdep_rtnl_is_held()))"));
    check(
        " | ",
        body.replace(
            "USE", "use(rcu_dereference_protected(b->up, c || lockdep_is_held(&b->lock)))"));
    check(
        " | ", body.replace("USE", "use(rcu_dereference_check(b->up, lockdep_is_held(&b->lock)))"));
  }

  @Test
  void aFunctionThatSaysWhichLockItIs() {
    String accessor = "static struct mutex *lock_of(struct box *b) { return &b->lock; }\n";
    String f =
        """
        void f(struct box *b, struct box *c)
        {
          mutex_lock(lock_of(b));
          probe();
          mutex_unlock(lock_of(b));
        }
        """;
    check("struct box.lock | ", accessor + f);
    check("a.c:lock_of() | ", accessor.replace("&b->lock", "b->up ? &b->up->lock : &big") + f);
    check(" | ", accessor + f.replace("probe();", "mutex_unlock(lock_of(b)); probe();"));
    check(
        "struct box.lock | ",
        accessor
            + f.replace("probe();", "mutex_lock(lock_of(c)); mutex_unlock(lock_of(c)); probe();"));
  }

  @Test
  void anUnknownLockThatIsGivenBackIsOneOfItsType() {
    String source =
        """
        static void drop(spinlock_t *l) { spin_unlock(l); f(0); spin_lock(l); }
        static void f(int n) { probe(); }
        void g(struct box *b)
        {
          HOLD(&b->LOCK);
          drop(pick(b));
        }
        """;
    check("struct box.lock | ", source.replace("HOLD", "mutex_lock").replace("LOCK", "lock"));
    check(" | ", source.replace("HOLD", "spin_lock").replace("LOCK", "slock"));
  }

  @Test
  void theCoreHoldsALockSharedWhereTheRowSaysSo() {
    check(
        "struct inode.i_rwsem shared | ",
        """
        struct inode { struct rw_semaphore i_rwsem; };
        struct inode_operations { int (*lookup)(struct inode *dir); };
        static int f(struct inode *dir) { probe(); return 0; }
        static const struct inode_operations ops = { .lookup = f };
        """);
  }

  @Test
  void aRowForOneFlagIsForWhatStandsBesideIt() {
    String ops =
        """
        struct genl_ops { int (*doit)(struct sk_buff *skb); int internal_flags; };
        static int f(struct sk_buff *skb) { probe(); return 0; }
        static int g(struct sk_buff *skb) { return 0; }
        static const struct genl_ops ops[] = {
          { .doit = f, .internal_flags = 1 | FLAG },
          { .doit = g, .internal_flags = 1 },
        };
        """;
    check("rtnl_mutex | ", ops.replace("FLAG", "NL802154_FLAG_NEED_RTNL"));
    check(" | ", ops.replace("FLAG", "NL802154_FLAG_NEED_NETDEV"));
  }
}
