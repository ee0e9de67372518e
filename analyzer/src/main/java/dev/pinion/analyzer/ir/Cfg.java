// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.ArrayList;
import java.util.List;

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
