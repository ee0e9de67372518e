// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The control flow of one function. Block {@code i} stands at index {@code i}, block 0 is the
 * entry, blocks are numbered in reverse postorder (a block's number is larger than those of all its
 * forward predecessors), and every block is reachable.
 */
public record Cfg(List<BasicBlock> blocks) {
  public Cfg {
    blocks = List.copyOf(blocks);
  }

  public BasicBlock entry() {
    return blocks.get(0);
  }

  public BasicBlock block(int id) {
    return blocks.get(id);
  }

  /** The blocks that may run after a block; the block itself is among them if it is in a loop. */
  public SortedSet<Integer> after(int block) {
    SortedSet<Integer> seen = new TreeSet<>();
    Deque<Integer> work = new ArrayDeque<>(block(block).terminator().successors());
    while (!work.isEmpty()) {
      int next = work.removeFirst();
      if (seen.add(next)) {
        work.addAll(block(next).terminator().successors());
      }
    }
    return seen;
  }

  /** The blocks that an instruction stands in: one, unless its text was taken twice. */
  public List<BasicBlock> of(Instruction instruction) {
    return blocks.stream().filter(b -> b.instructions().contains(instruction)).toList();
  }

  /** Whether a path leads from one instruction to another; to itself if it stands in a loop. */
  public boolean leads(Instruction from, Instruction to) {
    for (BasicBlock start : of(from)) {
      SortedSet<Integer> after = after(start.id());
      for (BasicBlock end : of(to)) {
        boolean behind =
            start.id() == end.id()
                && start.instructions().indexOf(from) < start.instructions().indexOf(to);
        if (behind || after.contains(end.id())) {
          return true;
        }
      }
    }
    return false;
  }

  /** For each block the ids of its predecessors, ascending. */
  public List<List<Integer>> predecessors() {
    List<List<Integer>> into = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      into.add(new ArrayList<>());
    }
    for (BasicBlock block : blocks) {
      for (int successor : block.terminator().successors()) {
        into.get(successor).add(block.id());
      }
    }
    return into;
  }
}
