// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one computation has read so far, in the order of the first reads. */
final class Frame {
  /** Of a computation nobody takes notes of. */
  static final Frame NONE = new Frame(null);

  private final Numbers numbers = new Numbers();

  private static final int FEW = 16;

  final @Nullable Frame outer;
  private final List<Node> nodes = new ArrayList<>();
  private @Nullable Set<Node> known;

  Frame(@Nullable Frame outer) {
    this.outer = outer;
  }

  void add(Node node) {
    int size = nodes.size();
    if (size > 0 && nodes.get(size - 1) == node) {
      return;
    }
    if (known == null && size < FEW) {
      for (int i = 0; i < size; i++) {
        if (nodes.get(i) == node) {
          return;
        }
      }
      nodes.add(node);
      return;
    }
    Set<Node> all = known;
    if (all == null) {
      all = Collections.newSetFromMap(new IdentityHashMap<>());
      all.addAll(nodes);
      known = all;
    }
    if (all.add(node)) {
      nodes.add(node);
    }
  }

  void add(int number) {
    numbers.add(number);
  }

  /** The numbers of the inputs, of which nothing else is known. */
  int[] numbers() {
    return numbers.sorted();
  }

  Node[] nodes() {
    return nodes.isEmpty() ? Node.NOTHING : nodes.toArray(new Node[0]);
  }
}
