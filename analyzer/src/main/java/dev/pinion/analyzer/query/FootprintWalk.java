// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what nodes hang on: one walk over the graph below them, which knows each strongly connected
 * component (values of a {@link Fixpoint} hang on each other in rings) when all that it hangs on is
 * known (Tarjan, <i>Depth-first search and linear graph algorithms</i>, 1972). Few inputs are told
 * again by each that hangs on them; where they are many, they become a part. Of a settled answer
 * with a number those that hang on it learn nothing but that they do.
 */
final class FootprintWalk {
  /** Of that many, a part of its own is cheaper for whoever hangs on it. */
  private static final int FEW = 8;

  /** Stands in {@link #lowest} for a node whose component is known. */
  private static final int CLOSED = -1;

  private final List<Node> met = new ArrayList<>();

  /** Of each node that was met, once its component is known. */
  private final List<Footprint> footprints = new ArrayList<>();

  private int[] lowest = new int[1024];
  private final Deque<Integer> component = new ArrayDeque<>();
  private final List<Footprint> parts = new ArrayList<>();
  private final Numbers inputs = new Numbers();
  private final Numbers contained = new Numbers();
  private final List<Footprints.Settled> settled = new ArrayList<>();

  /** Those of settled answers that stand among inputs. */
  private final Set<Integer> numbers = new HashSet<>();

  /** What a node hangs on. */
  private static final class Footprint {
    private static final Footprint NOTHING = new Footprint(Numbers.NONE, Numbers.NONE);

    /** Their numbers, ascending. */
    private final int[] inputs;

    /** Those whose inputs come on top, ascending. */
    private final int[] parts;

    Footprint(int[] inputs, int[] parts) {
      this.inputs = inputs;
      this.parts = parts;
    }

    static Footprint ofPart(int part) {
      return new Footprint(Numbers.NONE, new int[] {part});
    }

    boolean isPart() {
      return inputs.length == 0 && parts.length == 1;
    }

    int size() {
      return inputs.length + parts.length;
    }
  }

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
    Footprint footprint = footprints.get(root.walked - 1);
    if (!footprint.isPart()) {
      parts.add(footprint);
      footprint = Footprint.ofPart(parts.size() - 1);
      footprints.set(root.walked - 1, footprint);
    }
    return footprint.parts[0];
  }

  private Footprints end(int[] partOf) {
    met.forEach(node -> node.walked = 0);
    Places places = new Places();
    int[][] inputsOf = new int[parts.size()][];
    int[][] partsOf = new int[parts.size()][];
    for (int i = 0; i < inputsOf.length; i++) {
      Footprint part = parts.get(i);
      inputsOf[i] = Arrays.stream(part.inputs).map(places::of).sorted().toArray();
      partsOf[i] = part.parts;
    }
    return new Footprints(places.numbers(), inputsOf, partsOf, partOf, settled);
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
    footprints.add(Footprint.NOTHING);
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
    inputs.clear();
    contained.clear();
    int size = 0;
    for (int place : component) {
      add(met.get(place));
      size++;
      if (place == first) {
        break;
      }
    }
    Footprint footprint = new Footprint(inputs.sorted(), contained.sorted());
    Optional<Cut> cut = cut(first, size, footprint);
    if (cut.isPresent() || footprint.size() > FEW) {
      parts.add(footprint);
      footprint = cut.map(this::settle).orElseGet(() -> Footprint.ofPart(parts.size() - 1));
    }
    for (int i = 0; i < size; i++) {
      int place = component.pop();
      lowest[place] = CLOSED;
      footprints.set(place, footprint);
    }
  }

  /**
   * The settled answer that has that footprint, if it pays to know it by its value: it hangs on
   * much, or on others of which much hangs.
   */
  private Optional<Cut> cut(int first, int size, Footprint footprint) {
    return size == 1
            && met.get(first) instanceof Cut cut
            && cut.digest().isPresent()
            && (footprint.size() > FEW
                || Arrays.stream(footprint.inputs).anyMatch(numbers::contains))
        ? Optional.of(cut)
        : Optional.empty();
  }

  /** What hangs on a settled answer, of which the last part is what that hangs on. */
  private Footprint settle(Cut cut) {
    settled.add(new Footprints.Settled(cut.name(), cut.digest().getAsLong(), parts.size() - 1));
    numbers.add(cut.number());
    return new Footprint(new int[] {cut.number()}, Numbers.NONE);
  }

  private void add(Node node) {
    inputs.addAll(node.numbers());
    for (Node below : node.below()) {
      if (!isOpen(below.walked - 1)) {
        Footprint footprint = footprints.get(below.walked - 1);
        inputs.addAll(footprint.inputs);
        contained.addAll(footprint.parts);
      }
    }
  }
}
