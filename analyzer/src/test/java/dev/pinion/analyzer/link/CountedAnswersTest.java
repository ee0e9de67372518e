// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static dev.pinion.analyzer.link.WholeTrees.ODD;
import static dev.pinion.analyzer.link.WholeTrees.PROGRAMS;
import static dev.pinion.analyzer.link.WholeTrees.forEachFunction;
import static dev.pinion.analyzer.link.WholeTrees.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.model.Api;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@link PointAnswersTest} for counters and what is counted by them. */
class CountedAnswersTest {
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

  private static int place(CountEffect effect) {
    return List.of(CountEffect.values()).indexOf(effect);
  }
}
