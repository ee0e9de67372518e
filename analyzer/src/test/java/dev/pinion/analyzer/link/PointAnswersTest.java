// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static dev.pinion.analyzer.link.WholeTrees.ODD;
import static dev.pinion.analyzer.link.WholeTrees.PROGRAMS;
import static dev.pinion.analyzer.link.WholeTrees.forEachFunction;
import static dev.pinion.analyzer.link.WholeTrees.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    assertEquals(
        "[far.c:go4, far.c:go5, far.c:go6, far.c:go7, first.c:go8, first.c:go9,"
            + " told.c:go1, typedef.c:go2, typedef.c:go3]",
        OpsTables.of(ODD).implementations(new FieldRef("ways", "go")).toString());
    assertEquals(
        "[told.c:go1]", OpsTables.of(ODD).implementations(new FieldRef("ways", "halt")).toString());
  }

  @Test
  void functionsStoredByPathsFromAStruct() {
    int stores = 0;
    for (Program program : PROGRAMS) {
      SortedMap<String, List<OpsTables.StoredFunction>> all = new TreeMap<>();
      forEachFunction(
          program,
          (ref, f) ->
              f.functionStores()
                  .forEach(
                      s ->
                          program
                              .types()
                              .tag(s.target().type(), ref.file())
                              .ifPresent(
                                  tag ->
                                      put(
                                          all,
                                          tag + " " + FileTerms.lastMember(s.target().steps()),
                                          new OpsTables.StoredFunction(
                                              s.target(), s.name(), ref.file())))));
      all.forEach(
          (key, of) -> {
            String[] names = key.split(" ", -1);
            String tag = new FieldRef(names[0], "").tag();
            List<OpsTables.StoredFunction> found = OpsTables.of(program).storedFrom(tag, names[1]);
            assertTrue(found.containsAll(of), key);
          });
      stores += all.size();
    }
    assertTrue(stores > 10, "stores: " + stores);
  }

  @Test
  void structsThatReadersWalkWithoutALock() {
    int nodes = 0;
    for (Program program : PROGRAMS) {
      SortedSet<String> walked = new TreeSet<>();
      RcuLists lists = RcuLists.of(program);
      lists.contracts().forEach(f -> walked.add(f.owner()));
      for (FieldRef field : ListUses.of(program).fields()) {
        assertEquals(walked.contains(field.owner()), lists.isNode(field.owner()), field.toString());
      }
      nodes += walked.size();
    }
    assertTrue(nodes > 20, "nodes: " + nodes);
    assertTrue(RcuLists.of(ODD).isNode("sock_common"));
    assertFalse(RcuLists.of(ODD).isNode("sock"));
    assertFalse(RcuLists.of(ODD).isNode("obj"));
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
      Comparator<ListUses.Use> inFile =
          Comparator.comparing(ListUses.Use::function)
              .thenComparing(use -> use.operation().position());
      all.values().forEach(of -> of.sort(inFile));
      unresolved.sort(inFile);
      all.forEach((field, of) -> assertEquals(of, uses.of(field), field.toString()));
      assertEquals(List.copyOf(all.keySet()), List.copyOf(uses.fields()));
      assertEquals(unresolved, uses.unresolved());
      fields += all.size();
    }
    assertTrue(fields > 50, "fields: " + fields);
    assertEquals(5, ListUses.of(ODD).of(new FieldRef("sock_common", "skc_node")).size());
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
}
