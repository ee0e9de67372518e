// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What a function itself surely holds. */
class LocalContextsTest {
  private static void check(String expected, String source) {
    assertEquals(expected, Probed.held(source));
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
  void howALockIsHeldIsAsWeakAsOnAnyPath() {
    check(
        "struct box.sem shared | ",
        """
        void f(struct box *b, int write)
        {
          if (write)
            down_write(&b->sem);
          else
            down_read(&b->sem);
          probe();
        }
        """);
    check(
        "struct box.sem shared | ",
        "void f(struct box *b) { down_write(&b->sem); downgrade_write(&b->sem); probe(); }");
    check(
        "struct box.sem shared | ",
        """
        static void f(struct box *b) { downgrade_write(&b->sem); probe(); }
        void g(struct box *b) { down_write(&b->sem); f(b); up_read(&b->sem); }
        """);
    check(
        "struct box.lock, struct box.sem shared | ",
        """
        void f(struct box *b)
        {
          lockdep_assert_held(&b->sem);
          lockdep_assert_held(&b->lock);
          probe();
        }
        """);
  }

  @Test
  void aResultDecidesTheLockThatItCameFrom() {
    check(
        " | ",
        """
        void f(struct box *a, int c)
        {
          int ok;
          if (c)
            ok = mutex_trylock(&a->lock);
          else
            ok = spin_trylock(&a->slock);
          if (ok)
            probe();
        }
        """);
  }

  @Test
  void theSocketsLockIsAMember() {
    check(
        "struct sock.sk_lock | ",
        """
        struct sock { socket_lock_t sk_lock; };
        void f(struct sock *sk) { lock_sock(sk); probe(); }
        """);
    check(
        " | ",
        """
        struct sock { socket_lock_t sk_lock; };
        void f(struct sock *sk) { lock_sock(sk); release_sock(sk); probe(); }
        """);
  }

  @Test
  void whatAPointerToAnythingIsCopiedIntoSaysItsType() {
    check(
        "struct box.lock | ",
        "int f(void *data) { struct box *b = data; mutex_lock(&b->lock); probe(); return 0; }");
    check(
        " | ",
        """
        struct hub { struct mutex lock; };
        int f(int what, void *data)
        {
          struct box *b = data;
          struct hub *h = data;
          if (what)
            note(b);
          mutex_lock(&h->lock);
          probe();
          return 0;
        }
        """);
  }
}
