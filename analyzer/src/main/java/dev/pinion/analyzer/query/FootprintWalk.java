// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what nodes hang on: one walk over the graph below them, which knows each strongly connected
 * component (values of a {@link Fixpoint} hang on each other in rings) when all that it hangs on is
 * known (Tarjan, <i>Depth-first search and linear graph algorithms</i>, 1972). Few inputs are told
 * again by each that hangs on them; where they are many, they become a part.
 */
final class FootprintWalk {
  /** Of that many, a part of its own is cheaper for whoever hangs on it. */
  private static final int FEW = 24;

  /** An element of a footprint: a place of an input, or with this bit a part. */
  private static final int PART = 1 << 30;

  /** Stands in {@link #lowest} for a node whose component is known. */
  private static final int CLOSED = -1;

  private final List<Node> met = new ArrayList<>();
  private final List<int[]> footprints = new ArrayList<>();
  private int[] lowest = new int[1024];
  private final Deque<Integer> component = new ArrayDeque<>();
  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<int[]> parts = new ArrayList<>();
  private final Numbers elements = new Numbers();

  /** A node that is being walked, and how far. */
  private static final class Visit {
    private final int place;
    private final Node[] below;
    private int next;

    Visit(int place, Node[] below) {
      this.place = place;
      this.below = below;
    }
  }

  private FootprintWalk() {}

  /** On what nodes hang. Nobody may ask or change anything meanwhile. */
  static Footprints of(List<? extends Node> roots) {
    FootprintWalk walk = new FootprintWalk();
    int[] partOf = roots.stream().mapToInt(walk::part).toArray();
    return walk.end(partOf);
  }

  private int part(Node root) {
    if (root.walked == 0) {
      walk(root);
    }
    int[] footprint = footprints.get(root.walked - 1);
    if (footprint.length == 1 && (footprint[0] & PART) != 0) {
      return footprint[0] & ~PART;
    }
    parts.add(footprint);
    int part = parts.size() - 1;
    footprints.set(root.walked - 1, new int[] {part | PART});
    return part;
  }

  private Footprints end(int[] partOf) {
    met.forEach(node -> node.walked = 0);
    int[][] inputsOf = new int[parts.size()][];
    int[][] partsOf = new int[parts.size()][];
    for (int i = 0; i < inputsOf.length; i++) {
      int[] part = parts.get(i);
      int split = Arrays.binarySearch(part, PART);
      int begin = split < 0 ? -split - 1 : split;
      inputsOf[i] = Arrays.copyOf(part, begin);
      partsOf[i] = new int[part.length - begin];
      for (int k = begin; k < part.length; k++) {
        partsOf[i][k - begin] = part[k] & ~PART;
      }
    }
    return new Footprints(
        inputs.stream().mapToInt(Integer::intValue).toArray(), inputsOf, partsOf, partOf);
  }

  private void walk(Node root) {
    Deque<Visit> path = new ArrayDeque<>();
    path.push(meet(root));
    while (!path.isEmpty()) {
      Visit visit = path.element();
      if (visit.next < visit.below.length) {
        Node node = visit.below[visit.next++];
        if (node.walked == 0) {
          path.push(meet(node));
        } else if (isOpen(node.walked - 1)) {
          lower(visit.place, node.walked - 1);
        }
        continue;
      }
      path.pop();
      if (lowest[visit.place] == visit.place) {
        close(visit.place);
      } else {
        lower(path.element().place, lowest[visit.place]);
      }
    }
  }

  private boolean isOpen(int place) {
    return lowest[place] != CLOSED;
  }

  private void lower(int place, int to) {
    lowest[place] = Math.min(lowest[place], to);
  }

  private Visit meet(Node node) {
    int place = met.size();
    met.add(node);
    footprints.add(new int[0]);
    node.walked = place + 1;
    if (place == lowest.length) {
      lowest = Arrays.copyOf(lowest, place * 2);
    }
    lowest[place] = place;
    component.push(place);
    return new Visit(place, node.below());
  }

  /** All that hang on each other with that one are known; so is all that they hang on. */
  private void close(int first) {
    elements.clear();
    int size = 0;
    for (int place : component) {
      add(met.get(place));
      size++;
      if (place == first) {
        break;
      }
    }
    int[] footprint = elements.sorted();
    if (footprint.length > FEW) {
      parts.add(footprint);
      footprint = new int[] {(parts.size() - 1) | PART};
    }
    for (int i = 0; i < size; i++) {
      int place = component.pop();
      lowest[place] = CLOSED;
      footprints.set(place, footprint);
    }
  }

  private void add(Node node) {
    for (int number : node.numbers()) {
      elements.add(
          places.computeIfAbsent(
              number,
              n -> {
                inputs.add(n);
                return inputs.size() - 1;
              }));
    }
    for (Node below : node.below()) {
      if (!isOpen(below.walked - 1)) {
        elements.addAll(footprints.get(below.walked - 1));
      }
    }
  }
}
