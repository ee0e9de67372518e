// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.evidence.Location;
import java.util.List;

/**
 * Who does what with a list node.
 *
 * @param struct the tag, with its file if several define it
 * @param field the member
 * @param type as C spells it
 * @param definedAt where the struct is
 * @param contract what the uses together amount to
 * @param uses in path order
 */
public record FieldAnswer(
    String struct,
    String field,
    String type,
    Location definedAt,
    Contract contract,
    List<ListUse> uses) {
  public FieldAnswer {
    uses = List.copyOf(uses);
  }

  /** The uses of one kind, in path order. */
  public List<ListUse> uses(Kind kind) {
    return uses.stream().filter(u -> u.kind() == kind).toList();
  }

  /** What is done to the list. */
  public enum Kind {
    INSERT,
    DELETE,
    MOVE,
    READ,
    INIT
  }

  /** How a list is kept, read off its uses. */
  public enum Discipline {
    /** Walked by readers that take no lock. */
    RCU_LIST,
    /** Changed with RCU primitives, though no reader without a lock is in sight. */
    RCU_WRITERS_ONLY,
    /** Nothing of RCU. */
    PLAIN_LIST,
    /** No list operation works on it. */
    NO_LIST
  }

  /**
   * One use.
   *
   * @param place where
   * @param kind what it does
   * @param api the primitive
   * @param primitive whether that is one of the RCU family
   * @param heads names of the heads it may work on; empty if unknown or not part of the call
   * @param holding what surely holds there
   * @param verdicts of the rules on it
   */
  public record ListUse(
      Place place,
      Kind kind,
      String api,
      Primitive primitive,
      List<String> heads,
      Holding holding,
      List<Verdict> verdicts) {
    public ListUse {
      heads = List.copyOf(heads);
      verdicts = List.copyOf(verdicts);
    }
  }

  /** Which family a primitive belongs to. */
  public enum Primitive {
    PLAIN,
    RCU
  }

  /**
   * What the uses amount to.
   *
   * @param discipline how the list is kept
   * @param flavours of the readers' sections, {@code rcu} or {@code srcu:users}; empty if none
   *     reads without a lock
   * @param heads that lockless readers walk; empty if not all are known
   * @param afterDelete what follows the deletions: grace periods and frees, in path order
   */
  public record Contract(
      Discipline discipline,
      List<String> flavours,
      List<String> heads,
      List<Aftermath> afterDelete) {
    public Contract {
      flavours = List.copyOf(flavours);
      heads = List.copyOf(heads);
      afterDelete = List.copyOf(afterDelete);
    }
  }

  /** What may happen to a node that was deleted. */
  public enum AftermathKind {
    /** A grace period is waited for. */
    GRACE_PERIOD,
    /** Freed, or called back, after a grace period. */
    DEFERRED,
    /** Freed at once. */
    FREE
  }

  /**
   * One thing that follows a deletion in the same function, or in a caller.
   *
   * @param how the call, {@code synchronize_rcu()}, or the way to the free
   */
  public record Aftermath(AftermathKind kind, Place place, String how)
      implements Comparable<Aftermath> {
    @Override
    public int compareTo(Aftermath other) {
      int order = place.compareTo(other.place);
      return order != 0 ? order : (kind + how).compareTo(other.kind + other.how);
    }
  }
}
