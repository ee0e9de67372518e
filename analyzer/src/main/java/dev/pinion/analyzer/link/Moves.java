// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileParts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the lines of a file are that has become another: as far as they are of functions and other
 * items that are the same but for where they stand.
 */
public final class Moves {
  /** Of a file of which nothing is sure. */
  static final Moves NONE = new Moves(List.of(), List.of(), new int[0]);

  /** A line, or a place among functions, that there was not. */
  static final int NOWHERE = -1;

  private final List<Move> moves;

  /** Those of items that are there still, the same or not. */
  private final List<Move> kept;

  /** By the place of each function the one it had. */
  private final int[] indexes;

  /**
   * An item that is the same.
   *
   * @param first its first line as it was
   * @param last its last line as it was
   * @param by how many lines it has gone down
   */
  private record Move(int first, int last, int by) {}

  /**
   * An item.
   *
   * @param what equal for items that are the same wherever they stand
   */
  private record Item(Object what, int first, int last) {}

  private Moves(List<Move> moves, List<Move> kept, int[] indexes) {
    this.moves = moves;
    this.kept = kept;
    this.indexes = indexes;
  }

  /**
   * The moves of a file's items; empty if some have changed places with each other, or functions
   * have, be they the same or not: others may go by who comes first.
   */
  static Optional<Moves> of(FileFacts before, FileFacts now) {
    List<String> functions = FileParts.keys(before);
    List<String> common = FileParts.keys(now);
    common.retainAll(Set.copyOf(functions));
    functions.retainAll(Set.copyOf(common));
    if (!functions.equals(common)) {
      return Optional.empty();
    }
    Map<String, Item> old = items(before);
    List<Move> moves = new ArrayList<>();
    List<Move> kept = new ArrayList<>();
    items(now)
        .forEach(
            (key, item) -> {
              Item was = old.get(key);
              if (was != null) {
                int by = item.first() - was.first();
                kept.add(new Move(was.first(), item.last() - by, by));
                if (was.what().equals(item.what())) {
                  moves.add(new Move(was.first(), was.last(), by));
                }
              }
            });
    moves.sort(Comparator.comparingInt(Move::first));
    int line = 0;
    for (Move move : moves) {
      if (move.first() + move.by() < line) {
        return Optional.empty();
      }
      line = move.first() + move.by();
    }
    return Optional.of(new Moves(List.copyOf(moves), List.copyOf(kept), indexes(before, now)));
  }

  private static int[] indexes(FileFacts before, FileFacts now) {
    Map<String, Integer> old = new HashMap<>();
    FileParts.keys(before).forEach(key -> old.put(key, old.size()));
    return FileParts.keys(now).stream().mapToInt(k -> old.getOrDefault(k, NOWHERE)).toArray();
  }

  private static Map<String, Item> items(FileFacts facts) {
    FileFacts wherever = facts.wherever();
    Map<String, Item> items = new HashMap<>();
    List<String> keys = FileParts.keys(facts);
    for (int i = 0; i < keys.size(); i++) {
      FunctionFacts f = facts.functions().get(i);
      put(keys.get(i), wherever.functions().get(i), f.position().line(), f.endLine(), items);
    }
    for (int i = 0; i < facts.structs().size(); i++) {
      Declarations.Struct s = facts.structs().get(i);
      put("struct " + s.tag(), wherever.structs().get(i), s.position().line(), 0, items);
    }
    for (int i = 0; i < facts.globals().size(); i++) {
      FileFacts.GlobalFacts g = facts.globals().get(i);
      int last = g.entries().stream().mapToInt(e -> e.position().line()).max().orElse(0);
      put("global " + g.name(), wherever.globals().get(i), g.position().line(), last, items);
    }
    for (int i = 0; i < facts.macros().size(); i++) {
      Declarations.Macro m = facts.macros().get(i);
      put("macro " + m.name(), wherever.macros().get(i), m.line(), 0, items);
    }
    for (int i = 0; i < facts.invocations().size(); i++) {
      Declarations.Invocation m = facts.invocations().get(i);
      String use = "use of " + m.name() + m.arguments();
      put(use, wherever.invocations().get(i), m.position().line(), 0, items);
    }
    return items;
  }

  private static void put(String name, Object what, int first, int last, Map<String, Item> into) {
    String key = name;
    for (int n = 1; into.containsKey(key); n++) {
      key = name + "#" + n;
    }
    into.put(key, new Item(what, first, Math.max(first, last)));
  }

  /**
   * Where a line was, counted from the beginning of the item that it is in; {@link #NOWHERE} if
   * there was no such item.
   */
  int lineBefore(int line) {
    int found = NOWHERE;
    for (Move move : kept) {
      int before = line - move.by();
      if (move.first() <= before && before <= move.last()) {
        if (found != NOWHERE && found != before) {
          return NOWHERE;
        }
        found = before;
      }
    }
    return found;
  }

  /** The place that a function has now among those of its file, or {@link #NOWHERE}. */
  int indexNow(int before) {
    for (int i = 0; i < indexes.length; i++) {
      if (indexes[i] == before) {
        return i;
      }
    }
    return NOWHERE;
  }

  /** The place that a function had among those of its file, or {@link #NOWHERE}. */
  int indexBefore(int index) {
    return index < indexes.length ? indexes[index] : NOWHERE;
  }

  /** Where a line is now; empty if that is not sure. */
  public Optional<Integer> line(int line) {
    Optional<Integer> found = Optional.empty();
    for (Move move : moves) {
      if (move.first() <= line && line <= move.last()) {
        if (found.isPresent() && found.get() != line + move.by()) {
          return Optional.empty();
        }
        found = Optional.of(line + move.by());
      }
    }
    return found;
  }
}
