// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/** Trees that are small enough to look at all of every one, to compare answers with. */
final class WholeTrees {
  /** What the corpus has no example of: names under which things are found by another name. */
  static final Program ODD =
      Linked.of(
          "include/net/sock.h",
          """
          struct sock_common { struct hlist_node skc_node; struct obj *skc_obj; };
          struct sock { struct sock_common __sk_common; int x; };
          #define sk_node __sk_common.skc_node
          #define sk_obj __sk_common.skc_obj
          struct tcp_sock { struct sock sk; int y; };
          """,
          "include/obj.h",
          """
          struct obj { refcount_t refs; atomic_t users; struct list_head list; };
          typedef struct obj obj_t;
          typedef obj_t object;
          typedef struct obj *obj_p;
          struct ops { int (*run)(object *o); int (*stop)(void); struct { int (*deep)(void); }; };
          typedef struct ops ops_t;
          typedef ops_t ops_tt;
          struct outer { struct ops inner; struct ops *ops; };
          struct holder { struct obj *obj; obj_t *as_typedef; obj_p pointer; struct hlist_node n; };
          """,
          "a.c",
          """
          #include <obj.h>
          #include <net/sock.h>
          static int f1(object *o) { return 0; }
          static int f2(void) { return 0; }
          static int f3(object *o) { return 1; }
          static struct ops plain = { .run = f1, .stop = f2 };
          static ops_t named = { .run = f3 };
          static struct ops positional = { f1, f2 };
          static ops_tt twice = { f3 };
          static struct outer nested = { .inner.run = f1, .inner = { .stop = f2 } };
          static struct ops many[] = { { .run = f3 }, { f1, f2 } };
          void set(struct outer *o) { o->inner.run = f3; o->ops->stop = f2; }
          void add(struct sock *sk, struct hlist_head *h) { hlist_add_head_rcu(&sk->sk_node, h); }
          void del(struct tcp_sock *tp) { hlist_del_rcu(&tp->sk.sk_node); }
          void cast(struct tcp_sock *tp) { hlist_del_rcu(&tp->sk_node); }
          int walk(struct hlist_head *h)
          {
            struct sock *sk;
            hlist_for_each_entry_rcu(sk, h, sk_node) { if (sk->x) return 1; }
            hlist_for_each_entry(sk, h, __sk_common.skc_node) { if (sk->x) return 2; }
            return 0;
          }
          """,
          "b.c",
          """
          #include <obj.h>
          #include <net/sock.h>
          void obj_get(object *o) { refcount_inc(&o->refs); }
          void obj_put(obj_t *o) { if (refcount_dec_and_test(&o->refs)) kfree(o); }
          void obj_drop(struct obj *o) { obj_put(o); }
          void user_put(struct obj *o) { if (atomic_dec_and_test(&o->users)) kfree(o); }
          void user_get(struct obj *o) { atomic_inc(&o->users); }
          struct idle { atomic_t users; };
          void idle_put(struct idle *i) { if (atomic_dec_and_test(&i->users)) wake_up(i); }
          void keep(struct holder *h, struct obj *o)
          {
            h->obj = o; h->as_typedef = o; h->pointer = o;
          }
          void keep_in_sock(struct sock *sk, struct obj *o) { sk->sk_obj = o; }
          void drop(struct holder *h) { obj_put(h->obj); obj_put(h->as_typedef); }
          void drop_in_sock(struct sock *sk) { obj_put(sk->sk_obj); }
          void waits(void) { synchronize_rcu(); }
          void one(void) { waits(); }
          void two(void) { one(); }
          void three(void) { two(); }
          """,
          "include/exp.h",
          """
          #define EXPORT_BOTH(x) EXPORT_SYMBOL_GPL(x); EXPORT_SYMBOL_GPL(x##_too)
          #define EXPORT_ALL(unused) EXPORT_SYMBOL(common)
          #define EXPORT_INDIRECT(x) EXPORT_BOTH(x)
          #define EXPORT_PLAIN(x) EXPORT_SYMBOL_NS(x, ODD)
          #define EXPORT_TEXT(x) EXPORT_SYMBOL(#x)
          #define USE_ODD(unused) MODULE_IMPORT_NS(ODD)
          """,
          "c.c",
          """
          #include <exp.h>
          EXPORT_BOTH(alpha);
          EXPORT_ALL(0);
          MODULE_IMPORT_NS(FAR);
          """,
          "d.c",
          """
          #include <exp.h>
          EXPORT_INDIRECT(beta);
          EXPORT_PLAIN(alpha);
          EXPORT_TEXT(gamma);
          EXPORT_SYMBOL("quoted");
          EXPORT_SYMBOL((bracketed));
          USE_ODD(0);
          MODULE_IMPORT_NS("FAR");
          """,
          "include/ways.h",
          """
          struct ways { int (*go)(void); union { int (*halt)(void); int other; }; };
          typedef struct ways ways_t;
          struct begins { struct ways first; int z; };
          struct begins_twice { struct begins b; };
          struct far { int x; struct ways inner; ways_t *held; };
          #define go_far inner.go
          struct alike { int (*go)(void); };
          extern struct ways global;
          """,
          "told.c",
          """
          #include <ways.h>
          static int go1(void) { return 1; }
          static struct ways table = { .go = go1, .halt = go1 };
          void store(struct ways *w) { w->go = go1; }
          """,
          "typedef.c",
          """
          #include <ways.h>
          static int go2(void) { return 2; }
          static ways_t table = { .go = go2 };
          static int go3(void) { return 3; }
          void store(ways_t **w) { (*w)->go = go3; }
          """,
          "far.c",
          """
          #include <ways.h>
          static int go4(void) { return 4; }
          static struct far table = { .inner.go = go4 };
          static int go5(void) { return 5; }
          static struct far renamed = { .go_far = go5 };
          static int go6(void) { return 6; }
          void store(struct far *f) { f->held->go = go6; }
          static int go7(void) { return 7; }
          void rename(struct far *f) { f->go_far = go7; }
          """,
          "first.c",
          """
          #include <ways.h>
          static int go8(void) { return 8; }
          void store(struct begins_twice *b) { b->go = go8; }
          static int go9(void) { return 9; }
          void store_global(void) { global.go = go9; }
          """,
          "alike.c",
          """
          #include <ways.h>
          static int other(void) { return 0; }
          static struct alike table = { .go = other };
          void store(struct alike *a) { a->go = other; }
          """);

  static final List<Program> PROGRAMS = programs();

  static List<Program> programs() {
    List<Program> all = CorpusPrograms.all();
    all.add(ODD);
    return all;
  }

  static void forEachFunction(Program program, BiConsumer<FunctionRef, FunctionFacts> action) {
    for (String path : program.paths()) {
      program.functionsIn(path).forEach(f -> action.accept(f, program.facts(f)));
    }
  }

  static <K, V> void put(SortedMap<K, List<V>> into, K key, V value) {
    into.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  private WholeTrees() {}
}
