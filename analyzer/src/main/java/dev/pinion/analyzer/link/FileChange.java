// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.BodyCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileParts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file that is another now.
 *
 * @param before its facts; none if it is new
 * @param after its facts; none if it is gone
 */
record FileChange(String path, FileFacts before, FileFacts after) {
  /** What the bodies of functions were and are. */
  record Bodies(KnownBodies before, IrSource now) {}

  /**
   * A function's place in the file before and after.
   *
   * @param before -1 if there was none
   * @param after -1 if there is none any more
   */
  record Places(int before, int after) {
    boolean areBoth() {
      return before >= 0 && after >= 0;
    }
  }

  /** All functions there were or are, by key. */
  SortedMap<String, Places> functions() {
    SortedMap<String, Places> all = new TreeMap<>();
    List<String> old = FileParts.keys(before);
    for (int i = 0; i < old.size(); i++) {
      all.put(old.get(i), new Places(i, -1));
    }
    List<String> now = FileParts.keys(after);
    for (int i = 0; i < now.size(); i++) {
      all.put(now.get(i), new Places(all.getOrDefault(now.get(i), new Places(-1, -1)).before(), i));
    }
    return all;
  }

  /** Whether a function's body, whose facts are the same, is the same too. */
  boolean isSameBody(Places places, FileParts.Form form, Bodies bodies) {
    if (!places.areBoth()) {
      return false;
    }
    Optional<Function> old = bodies.before().known(path, places.before());
    Optional<Function> now = old.flatMap(o -> now(places.after(), bodies));
    return now.isPresent() && Arrays.equals(form(old.get(), form), form(now.get(), form));
  }

  /** A file that has changed since it was listed may have no such function any more. */
  private Optional<Function> now(int index, Bodies bodies) {
    try {
      return Optional.of(bodies.now().body(path, index));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] form(Function body, FileParts.Form form) {
    return BodyCodec.encode(body, form == FileParts.Form.EXACT ? 0 : body.position().line());
  }

  /**
   * What of a function decides which calls reach it, whatever its body is.
   *
   * @param index its place in the file, if there are several of its name; else 0
   */
  private record Reach(Object linkage, Object arm, boolean isEmpty, int index) {}

  /**
   * The names of functions and macros that calls elsewhere may understand in another way now, or
   * whose locks they may call by another name. What a file includes counts for its own calls only;
   * guards are {@link LockTexts}'.
   */
  Set<String> redefined() {
    Map<String, List<Object>> old = definitions(before);
    Map<String, List<Object>> now = definitions(after);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    if (!linkages(before).equals(linkages(after))) {
      after.functions().forEach(f -> names.add(f.name())); // Their locks may have other names now.
    }
    return names;
  }

  private static Map<String, List<Object>> definitions(FileFacts facts) {
    Map<String, List<Object>> all = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    facts.functions().forEach(f -> count.merge(f.name(), 1, Integer::sum));
    for (int i = 0; i < facts.functions().size(); i++) {
      FunctionFacts f = facts.functions().get(i);
      int index = count.getOrDefault(f.name(), 1) > 1 ? i : 0;
      add(f.name(), new Reach(f.linkage(), f.arm(), f.callees().isEmpty(), index), all);
    }
    facts.macros().forEach(m -> add(m.name(), List.of(m.parameters(), m.body()), all));
    return all;
  }

  private static void add(String name, Object definition, Map<String, List<Object>> into) {
    into.merge(
        name,
        List.of(definition),
        (a, b) -> {
          List<Object> both = new ArrayList<>(a);
          both.addAll(b);
          return both;
        });
  }

  private static Map<String, Object> linkages(FileFacts facts) {
    Map<String, Object> all = new HashMap<>();
    facts.globals().forEach(g -> all.merge(g.name(), g.linkage(), List::of));
    return all;
  }
}
