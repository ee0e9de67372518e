// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which inputs each of some answers hangs, directly or not, by the inputs' {@linkplain
 * Queries#number numbers}: all that has to be kept of an answer to know another day, without the
 * answers in between, that it is still right. It is coarser than what {@link Queries} do, as it
 * does not know of values in between that stay what they were.
 *
 * <p>What many answers hang on is told once: a part may name others, which stand before it.
 */
public final class Footprints {
  /** Two million inputs leave seven of eight bits of so many. */
  private static final int FILTER_BITS = 24;

  private final int[] inputs;
  private final int[][] inputsOf;
  private final int[][] partsOf;
  private final int[] partOf;
  private final List<Settled> settled;
  private volatile @Nullable BitSet asked;

  /**
   * @param inputs numbers of inputs, each once
   * @param inputsOf for each part the places in {@code inputs} of what it hangs on, ascending
   * @param partsOf for each part the parts before it that it contains, ascending
   * @param partOf the part of each answer
   * @param settled in the order of their parts
   */
  public Footprints(
      int[] inputs, int[][] inputsOf, int[][] partsOf, int[] partOf, List<Settled> settled) {
    this.inputs = inputs;
    this.inputsOf = inputsOf;
    this.partsOf = partsOf;
    this.partOf = partOf;
    this.settled = List.copyOf(settled);
  }

  /**
   * An answer in between that seldom becomes another: what hangs on it has its {@link #number}
   * among its inputs, and not what it hangs on itself.
   *
   * @param name what it is known by; see {@link Queries#settledNow}
   * @param digest of its value
   * @param part what it hangs on; before those of all that hangs on it
   */
  public record Settled(long name, long digest, int part) {
    int number() {
      return Long.hashCode(name);
    }
  }

  /** Whether anything may hang on the input of that number; of others one in eight may, too. */
  public boolean mayBeOn(int number) {
    BitSet known = asked;
    if (known == null) {
      known = new BitSet(1 << FILTER_BITS);
      for (int input : inputs) {
        known.set(input >>> (Integer.SIZE - FILTER_BITS));
      }
      asked = known;
    }
    return known.get(number >>> (Integer.SIZE - FILTER_BITS));
  }

  /** The settled answers in between. */
  public List<Settled> settled() {
    return settled;
  }

  /** How many answers there are. */
  public int answers() {
    return partOf.length;
  }

  /** The part of an answer. */
  public int partOf(int answer) {
    return partOf[answer];
  }

  /** How many parts there are. */
  public int size() {
    return inputsOf.length;
  }

  /** The numbers of all inputs, each once. */
  public int[] inputs() {
    return inputs;
  }

  /** The places in {@link #inputs} of what a part hangs on itself, ascending. */
  public int[] inputsOf(int part) {
    return inputsOf[part];
  }

  /** The parts before it that a part contains, ascending. */
  public int[] partsOf(int part) {
    return partsOf[part];
  }
}
