// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Brings a graph into the form {@link Cfg} promises: empty blocks are skipped, branches whose two
 * sides meet at once are jumps, chains are single blocks, only what is reachable stays, numbered in
 * reverse postorder.
 */
final class CfgSimplifier {
  private final List<List<Instruction>> instructions;
  private final Terminator[] ends;

  /** Where each block leads, once {@link #successors} was asked. */
  private final int[][] targets;

  private final int[] number;

  CfgSimplifier(List<List<Instruction>> instructions, List<Terminator> ends) {
    this.instructions = instructions;
    this.ends = ends.toArray(Terminator[]::new);
    this.targets = new int[ends.size()][];
    this.number = new int[ends.size()];
  }

  Cfg simplify() {
    skipEmptyBlocks();
    int entry = resolve(0);
    int[] incoming = incomingEdges(entry);
    int[] order = reversePostorder(entry, incoming);
    for (int i = 0; i < order.length; i++) {
      number[order[i]] = i;
    }
    List<BasicBlock> blocks = new ArrayList<>(order.length);
    for (int head : order) {
      blocks.add(block(head, incoming));
    }
    return new Cfg(blocks);
  }

  /** A branch whose sides meet becomes a jump, which may make its block an empty one in turn. */
  private void skipEmptyBlocks() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < ends.length; i++) {
        Terminator now = withTargets(ends[i], this::resolve);
        int only = onlyTarget(now);
        if (only >= 0) {
          changed |= instructions.get(i).isEmpty();
          now = new Terminator.Jump(only);
        }
        ends[i] = now;
      }
    }
  }

  /** Where all ways of a choice lead, or -1 if they differ or there is no choice. */
  private static int onlyTarget(Terminator end) {
    if (end instanceof Terminator.Branch b) {
      return b.ifTrue() == b.ifFalse() ? b.ifTrue() : -1;
    }
    if (end instanceof Terminator.Iterate i) {
      return i.body() == i.exit() ? i.body() : -1;
    }
    if (end instanceof Terminator.Switch s) {
      return s.cases().stream().allMatch(c -> c.target() == s.otherwise()) ? s.otherwise() : -1;
    }
    return -1;
  }

  /** The first block with content at or after this one; a block in an empty cycle is its own. */
  private int resolve(int block) {
    int at = block;
    for (int hops = 0; hops <= ends.length; hops++) {
      if (!instructions.get(at).isEmpty() || !(ends[at] instanceof Terminator.Jump jump)) {
        return at;
      }
      if (jump.target() == at) {
        return at;
      }
      at = jump.target();
    }
    return smallestOfCycle(at);
  }

  private int smallestOfCycle(int member) {
    int smallest = member;
    int at = ((Terminator.Jump) ends[member]).target();
    while (at != member) {
      smallest = Math.min(smallest, at);
      at = ((Terminator.Jump) ends[at]).target();
    }
    return smallest;
  }

  private int[] incomingEdges(int entry) {
    int[] incoming = new int[ends.length];
    boolean[] seen = new boolean[ends.length];
    int[] stack = new int[ends.length];
    int depth = 0;
    stack[depth++] = entry;
    seen[entry] = true;
    while (depth > 0) {
      for (int next : successors(stack[--depth])) {
        incoming[next]++;
        if (!seen[next]) {
          seen[next] = true;
          stack[depth++] = next;
        }
      }
    }
    // The entry has an edge from outside, so nothing is merged in front of it.
    incoming[entry]++;
    return incoming;
  }

  /** The blocks that may follow; as plain numbers, since both walks of every graph ask. */
  private int[] successors(int block) {
    int[] known = targets[block];
    if (known == null) {
      known = plain(ends[block]);
      targets[block] = known;
    }
    return known;
  }

  private static int[] plain(Terminator end) {
    if (end instanceof Terminator.Jump jump) {
      return new int[] {jump.target()};
    }
    List<Integer> all = end.successors();
    int[] plain = new int[all.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = all.get(i);
    }
    return plain;
  }

  /** The last block of the chain that starts at {@code head}. */
  private int tail(int head, int[] incoming) {
    int at = head;
    while (ends[at] instanceof Terminator.Jump jump && incoming[jump.target()] == 1) {
      at = jump.target();
    }
    return at;
  }

  private int[] reversePostorder(int entry, int[] incoming) {
    int[] order = new int[ends.length];
    int[] stack = new int[ends.length];
    int[] remaining = new int[ends.length];
    int[][] successors = new int[ends.length][];
    boolean[] seen = new boolean[ends.length];
    int depth = 0;
    int free = order.length;
    stack[depth++] = entry;
    seen[entry] = true;
    while (depth > 0) {
      int head = stack[depth - 1];
      if (successors[head] == null) {
        successors[head] = successors(tail(head, incoming));
        remaining[head] = successors[head].length;
      }
      if (remaining[head] == 0) {
        order[--free] = head;
        depth--;
        continue;
      }
      // Last successor first, so that the first one gets the smaller number.
      int next = successors[head][--remaining[head]];
      if (!seen[next]) {
        seen[next] = true;
        stack[depth++] = next;
      }
    }
    return Arrays.copyOfRange(order, free, order.length);
  }

  private BasicBlock block(int head, int[] incoming) {
    int last = tail(head, incoming);
    List<Instruction> all = instructions.get(head);
    if (last != head) {
      all = new ArrayList<>(all);
      for (int at = head; at != last; ) {
        at = ((Terminator.Jump) ends[at]).target();
        all.addAll(instructions.get(at));
      }
    }
    return new BasicBlock(number[head], all, withTargets(ends[last], b -> number[b]));
  }

  private static Terminator withTargets(Terminator end, IntUnaryOperator map) {
    if (end instanceof Terminator.Jump j) {
      int target = map.applyAsInt(j.target());
      return target == j.target() ? j : new Terminator.Jump(target);
    }
    if (end instanceof Terminator.Branch b) {
      int ifTrue = map.applyAsInt(b.ifTrue());
      int ifFalse = map.applyAsInt(b.ifFalse());
      return ifTrue == b.ifTrue() && ifFalse == b.ifFalse()
          ? b
          : new Terminator.Branch(b.condition(), ifTrue, ifFalse, b.position());
    }
    if (end instanceof Terminator.Iterate i) {
      return new Terminator.Iterate(
          map.applyAsInt(i.body()), map.applyAsInt(i.exit()), i.position());
    }
    if (end instanceof Terminator.Switch s) {
      List<Terminator.Case> cases = new ArrayList<>(s.cases().size());
      for (Terminator.Case c : s.cases()) {
        cases.add(new Terminator.Case(c.constant(), map.applyAsInt(c.target())));
      }
      return new Terminator.Switch(s.value(), cases, map.applyAsInt(s.otherwise()), s.position());
    }
    return end;
  }
}
