// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.LockTable;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.store.FactStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What this process has said of some files of a tree that changes, with what that hangs on: after
 * an edit above a function the function is the same, though all that the program knows of it stands
 * elsewhere now. For an editor, which asks about a few files again and again.
 */
final class RecentVerdicts {
  /** Files are opened one by one. */
  private static final int MAX_STATES = 16;

  /** Once so many questions about functions are open again, the state is too old. */
  private static final int MAX_OPEN = 100;

  private final Deque<State> states = new ArrayDeque<>();

  /**
   * What was said of some files.
   *
   * @param tree in which
   * @param mark as it was then
   * @param locks the table of that state, if anybody had asked for it
   */
  private record State(
      LinkedTree tree, LinkedTree.Mark mark, JudgedFiles judged, Optional<LockTable> locks) {}

  /** What these rules said of states that the tree was in, as far as it holds. */
  List<EarlierVerdicts> of(LinkedTree tree, List<Rule> rules, FactStore store) {
    List<String> ids = rules.stream().map(r -> r.info().id()).toList();
    states.removeIf(s -> !s.tree().equals(tree));
    List<EarlierVerdicts> all = new ArrayList<>(states.size());
    for (State state : states) {
      if (state.judged().rules().equals(ids)) {
        all.add(
            new EarlierVerdicts(
                state.judged(),
                tree.since(state.mark(), state.judged(), state.locks(), store),
                tree.program()));
      }
    }
    return all;
  }

  /** Keeps what was said of the state that the tree is in. */
  void keep(LinkedTree tree, JudgedFiles judged) {
    states.addFirst(new State(tree, tree.mark(), judged, tree.program().lockTable()));
    while (states.size() > MAX_STATES) {
      forget(states.getLast());
    }
  }

  /** Forgets states of which too little holds. */
  void tidy(List<EarlierVerdicts> used) {
    for (EarlierVerdicts one : used) {
      if (one.open() > MAX_OPEN) {
        states.stream().filter(s -> one.isOf(s.judged())).toList().forEach(this::forget);
      }
    }
  }

  private void forget(State state) {
    states.remove(state);
    state.tree().forget(state.mark());
  }
}
