// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * What is answered from the files that a term leads to is what all files together say: each answer
 * is compared with one that is put together here from every function of the tree.
 */
class PointAnswersTest {
  /** What the corpus has no example of: names under which things are found by another name. */
  private static final Program ODD =
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
          """);

  private static final List<Program> PROGRAMS = programs();

  private static List<Program> programs() {
    List<Program> all = CorpusPrograms.all();
    all.add(ODD);
    return all;
  }

  private static void forEachFunction(
      Program program, BiConsumer<FunctionRef, FunctionFacts> action) {
    for (String path : program.paths()) {
      program.functionsIn(path).forEach(f -> action.accept(f, program.facts(f)));
    }
  }

  private static <K, V> void put(SortedMap<K, List<V>> into, K key, V value) {
    into.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  @Test
  void functionsBehindMembers() {
    int members = 0;
    for (Program program : PROGRAMS) {
      OpsTables tables = OpsTables.of(program);
      Placements placements = new Placements(program);
      SortedMap<FieldRef, SortedSet<FunctionRef>> all = new TreeMap<>();
      for (String path : program.paths()) {
        BiConsumer<String, Mention> add =
            (name, place) ->
                placements
                    .field(place)
                    .ifPresent(
                        f ->
                            program
                                .resolve(name, path)
                                .ifPresent(
                                    t -> all.computeIfAbsent(f, k -> new TreeSet<>()).add(t)));
        for (FileFacts.GlobalFacts table : program.file(path).globals()) {
          for (int i = 0; i < table.entries().size(); i++) {
            add.accept(table.entries().get(i).symbol(), new Mention.InTable(path, table, i));
          }
        }
        for (FunctionFacts f : program.file(path).functions()) {
          f.functionStores()
              .forEach(s -> add.accept(s.name(), new Mention.Stored(path, s.target())));
        }
      }
      all.forEach(
          (field, functions) -> assertSame(functions, tables.implementations(field), field));
      members += all.size();
    }
    assertTrue(members > 50, "members: " + members);
    assertEquals(
        "[a.c:f1, a.c:f3]",
        OpsTables.of(ODD).implementations(new FieldRef("ops", "run")).toString());
  }

  private static void assertSame(SortedSet<FunctionRef> all, List<FunctionRef> point, Object key) {
    assertEquals(List.copyOf(all), point, key.toString());
  }

  @Test
  void exportsAndImports() {
    int symbols = 0;
    for (Program program : PROGRAMS) {
      Exports exports = Exports.of(program);
      SortedMap<String, List<Export>> all = new TreeMap<>();
      for (String path : program.paths()) {
        exports.in(path).forEach(e -> put(all, e.symbol(), e));
      }
      all.values().forEach(e -> e.sort(null));
      all.forEach((symbol, of) -> assertEquals(of, exports.of(symbol), symbol));
      assertEquals(List.copyOf(all.keySet()), List.copyOf(exports.symbols()));
      symbols += all.size();
    }
    assertTrue(symbols > 50, "symbols: " + symbols);
    assertEquals(
        "[alpha, alpha_too, beta, beta_too, bracketed, common, gamma, quoted]",
        Exports.of(ODD).symbols().toString());
    assertEquals("[c.c, d.c]", Exports.of(ODD).importers("FAR").toString());
    assertEquals("[d.c]", Exports.of(ODD).importers("ODD").toString());
  }

  @Test
  void usesOfListNodes() {
    int fields = 0;
    for (Program program : PROGRAMS) {
      ListUses uses = ListUses.of(program);
      SortedMap<FieldRef, List<ListUses.Use>> all = new TreeMap<>();
      List<ListUses.Use> unresolved = new ArrayList<>();
      forEachFunction(
          program,
          (ref, f) -> {
            for (Operation o : f.operations()) {
              Optional<Api> api = program.model().find("list", o.api());
              if (api.isPresent()) {
                ListUses.Use use = new ListUses.Use(api.get(), ref, o);
                uses.nodeField(use)
                    .ifPresentOrElse(field -> put(all, field, use), () -> unresolved.add(use));
              }
            }
          });
      all.forEach((field, of) -> assertEquals(of, uses.of(field), field.toString()));
      assertEquals(List.copyOf(all.keySet()), List.copyOf(uses.fields()));
      assertEquals(unresolved, uses.unresolved());
      fields += all.size();
    }
    assertTrue(fields > 50, "fields: " + fields);
    assertEquals(5, ListUses.of(ODD).of(new FieldRef("sock_common", "skc_node")).size());
  }

  @Test
  void keepersOfCallbacks() {
    int keepers = 0;
    for (Program program : PROGRAMS) {
      CallbackSlots slots = CallbackSlots.of(program);
      SortedSet<FunctionRef> all = new TreeSet<>();
      forEachFunction(
          program,
          (ref, f) -> {
            if (!slots.slotsOf(ref).isEmpty()) {
              all.add(ref);
            }
          });
      assertEquals(List.copyOf(all), List.copyOf(slots.keepers()));
      keepers += all.size();
    }
    assertTrue(keepers > 10, "keepers: " + keepers);
  }

  /** Plain counters, by type and path, of which the last put leads to a free. */
  private static Set<String> countersThatFree(Program program) {
    Set<String> all = new HashSet<>();
    forEachFunction(
        program,
        (ref, f) -> {
          for (Operation o : f.operations()) {
            Optional<Api> api =
                program.model().find("object", o.api()).filter(a -> a.is("plain") && a.is("test"));
            if (api.isPresent() && CountEffects.of(program).frees(ref)) {
              Operand operand = o.operand(api.get().argument("arg"));
              if (operand.form() == Operand.Form.ADDRESS) {
                all.add(operand.path().type().name() + operand.path().steps());
              }
            }
          }
        });
    return all;
  }

  @Test
  void plainCountersThatFree() {
    int counters = 0;
    for (Program program : PROGRAMS) {
      Set<String> all = countersThatFree(program);
      forEachFunction(
          program,
          (ref, f) -> {
            for (Operation o : f.operations()) {
              for (Operand operand : o.operands()) {
                TypedPath path = operand.path();
                assertEquals(
                    all.contains(path.type().name() + path.steps()),
                    CountEffects.of(program).freesAtZero(path),
                    path.toString());
              }
            }
          });
      counters += all.size();
    }
    assertTrue(counters > 0, "counters: " + counters);
  }

  /** Gets, tries, puts of all structs, in that order, as text. */
  private static SortedMap<String, List<SortedSet<FunctionRef>>> counted(Program program) {
    SortedMap<String, List<SortedSet<FunctionRef>>> all = new TreeMap<>();
    forEachFunction(
        program,
        (ref, f) ->
            CountEffects.of(program)
                .of(ref)
                .forEach(
                    (argument, effects) -> {
                      CType type = f.parameters().get(argument).type();
                      Optional<CountEffect> effect = CountEffects.single(effects);
                      Optional<String> tag =
                          type.pointers() == 1
                              ? program.types().tag(type, ref.file())
                              : Optional.empty();
                      if (effect.isPresent() && tag.isPresent()) {
                        all.computeIfAbsent(
                                tag.get(),
                                t -> List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>()))
                            .get(place(effect.get()))
                            .add(ref);
                      }
                    }));
    for (Api api : program.model().family("object")) {
      String tag = api.texts().get("of");
      if (tag != null && all.keySet().stream().noneMatch(t -> bare(t).equals(tag))) {
        all.put(tag, List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>()));
      }
    }
    all.entrySet()
        .removeIf(
            e ->
                e.getValue().get(place(CountEffect.PUT)).isEmpty()
                    && !isOfModel(program, bare(e.getKey())));
    return all;
  }

  private static boolean isOfModel(Program program, String tag) {
    for (Api api : program.model().family("object")) {
      if (tag.equals(api.texts().get("of"))) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String tag) {
    return new FieldRef(tag, "").tag();
  }

  @Test
  void countedStructs() {
    int inferred = 0;
    for (Program program : PROGRAMS) {
      SortedMap<String, List<SortedSet<FunctionRef>>> all = counted(program);
      Set<String> tags = new TreeSet<>(all.keySet());
      for (String path : program.paths()) {
        for (Declarations.Struct s : program.file(path).structs()) {
          tags.add(s.tag());
          tags.add(s.tag() + "@" + path);
        }
      }
      for (String tag : tags) {
        Optional<List<SortedSet<FunctionRef>>> point =
            CountedObjects.of(program)
                .counted(tag)
                .map(c -> List.of(c.gets(), c.tryGets(), c.puts()));
        assertEquals(Optional.ofNullable(all.get(tag)), point, tag);
        inferred += point.filter(p -> !p.get(2).isEmpty()).isPresent() ? 1 : 0;
      }
      Set<String> bare = new HashSet<>();
      all.keySet().forEach(t -> bare.add(bare(t)));
      assertEquals(bare, CountedObjects.of(program).bareTags());
    }
    assertTrue(inferred > 10, "inferred: " + inferred);
    assertEquals(
        "[b.c:obj_put, b.c:obj_drop, b.c:user_put]",
        CountedObjects.of(ODD).counted("obj").orElseThrow().puts().toString());
    assertFalse(CountedObjects.of(ODD).counted("idle").isPresent());
  }

  @Test
  void usesOfCounters() {
    int uses = 0;
    for (Program program : PROGRAMS) {
      SortedMap<String, List<Operation>> all = new TreeMap<>();
      forEachFunction(
          program,
          (ref, f) -> {
            for (Operation o : f.operations()) {
              CountingUses.primitive(program, o.api())
                  .filter(a -> a.argument("arg") >= 0)
                  .map(a -> o.operand(a.argument("arg")))
                  .filter(p -> p.form() == Operand.Form.ADDRESS)
                  .map(Operand::path)
                  .filter(p -> p.origin() == TypedPath.Origin.VARIABLE)
                  .filter(p -> CountEffects.isEmbedded(p.steps()))
                  .flatMap(p -> program.types().tag(p.type(), ref.file()))
                  .ifPresent(tag -> put(all, tag, o));
            }
          });
      all.forEach(
          (tag, of) ->
              assertEquals(
                  of,
                  CountingUses.of(program).of(tag).stream()
                      .map(CountingUses.Use::operation)
                      .toList(),
                  tag));
      uses += all.size();
    }
    assertTrue(uses > 10, "uses: " + uses);
  }

  @Test
  void waitsForGracePeriods() {
    int waiting = 0;
    for (Program program : PROGRAMS) {
      SortedSet<FunctionRef> all = new TreeSet<>();
      SortedSet<FunctionRef> level = new TreeSet<>();
      for (Api api : program.model().family("rcu")) {
        if (api.operation().equals("wait")) {
          level.addAll(program.functionsCalling(api.name()));
        }
      }
      for (int i = 0; i < 3; i++) {
        all.addAll(level);
        SortedSet<FunctionRef> above = new TreeSet<>();
        level.forEach(f -> above.addAll(program.callersOf(f)));
        level = above;
      }
      forEachFunction(
          program,
          (ref, f) ->
              assertEquals(
                  all.contains(ref), GracePeriods.of(program).mayWaitIn(ref), ref.toString()));
      waiting += all.size();
    }
    assertTrue(waiting > 10, "waiting: " + waiting);
    assertTrue(GracePeriods.of(ODD).mayWaitIn(Linked.function(ODD, "two")));
    assertFalse(GracePeriods.of(ODD).mayWaitIn(Linked.function(ODD, "three")));
  }

  @Test
  void wrappersOfSymbols() {
    int wrappers = 0;
    for (Program program : PROGRAMS) {
      SymbolWrappers all = SymbolWrappers.of(program);
      SortedSet<String> names = all.names();
      forEachFunction(
          program,
          (ref, f) -> {
            assertEquals(names.contains(ref.name()), all.isName(ref.name()), ref.toString());
            f.callees().forEach(c -> assertEquals(names.contains(c), all.isName(c), c));
          });
      wrappers += all.recognised().size();
    }
    assertTrue(wrappers > 5, "wrappers: " + wrappers);
  }

  private static int place(CountEffect effect) {
    return List.of(CountEffect.values()).indexOf(effect);
  }
}
