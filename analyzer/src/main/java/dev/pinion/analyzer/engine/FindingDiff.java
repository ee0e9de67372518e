// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a change did to the findings of a tree.
 *
 * <p>A finding is the same one if its fingerprint is, so shifted and re-indented lines change
 * nothing. What is left over on both sides is paired again by weaker marks, because whoever moves
 * or rewrites a line has not introduced the defect on it:
 *
 * <ol>
 *   <li>rule, function and message: the line was rewritten, or the function went to another file;
 *   <li>rule, message, and the line with its neighbours: the block went into another function;
 *   <li>rule, file and message, if the old function is gone from that file: it was renamed.
 * </ol>
 *
 * <p>Both need a finding that went away in the same change, so neither can hide one that came in
 * addition.
 *
 * @param introduced only after the change
 * @param cured only before the change
 * @param kept before and after, in the order of after
 */
public record FindingDiff(List<Reported> introduced, List<Reported> cured, List<Kept> kept) {
  public FindingDiff {
    introduced = List.copyOf(introduced);
    cured = List.copyOf(cured);
    kept = List.copyOf(kept);
  }

  /** One finding that a change left there, on both sides of it. */
  public record Kept(Reported before, Reported after) {}

  /** Tells about the trees before and after the change. */
  @FunctionalInterface
  public interface Texts {
    /** Whether {@code file} still mentions {@code function} after the change. */
    boolean mentions(String file, String function);

    /** The line and its neighbours before the change, normalised; empty if not known. */
    default String blockBefore(Location at) {
      return "";
    }

    /** The same after it. */
    default String blockAfter(Location at) {
      return "";
    }
  }

  private record Story(String rule, String place, String message) {}

  /** Compares the findings of two trees; each list may have any order. */
  public static FindingDiff between(List<Reported> before, List<Reported> after, Texts tree) {
    Pairing pairing = new Pairing(before, after);
    pairing.pair(Reported::fingerprint);
    pairing.pair(r -> story(r.finding(), r.finding().function()));
    pairing.pair(
        r -> block(r.finding(), tree.blockBefore(r.finding().location()), "before"),
        r -> block(r.finding(), tree.blockAfter(r.finding().location()), "after"));
    List<Reported> standing =
        pairing.dropBefore(
            r -> tree.mentions(r.finding().location().file(), r.finding().function()));
    pairing.pair(r -> story(r.finding(), r.finding().location().file()));
    List<Reported> cured = new ArrayList<>(pairing.before);
    cured.addAll(standing);
    return new FindingDiff(sorted(pairing.after), sorted(cured), pairing.kept());
  }

  private static Story story(Finding finding, String place) {
    return new Story(finding.rule(), place, finding.message());
  }

  /** Where there is no block, the two sides have nothing in common. */
  private static Story block(Finding finding, String block, String side) {
    return story(finding, block.isEmpty() ? side : block);
  }

  private static List<Reported> sorted(List<Reported> findings) {
    List<Reported> sorted = new ArrayList<>(findings);
    Collections.sort(sorted);
    return sorted;
  }

  /** What is not paired yet, on both sides. */
  private static final class Pairing {
    private List<Reported> before;
    private List<Reported> after;
    private final List<Kept> kept = new ArrayList<>();

    Pairing(List<Reported> before, List<Reported> after) {
      this.before = sorted(before);
      this.after = sorted(after);
    }

    /** Pairs what has equal keys, in order of place, one to one. */
    void pair(Function<Reported, Object> key) {
      pair(key, key);
    }

    /** The same, where the two sides are not asked alike. */
    void pair(Function<Reported, Object> oldKey, Function<Reported, Object> newKey) {
      Map<Object, Deque<Reported>> open = new HashMap<>();
      for (Reported old : before) {
        open.computeIfAbsent(oldKey.apply(old), k -> new ArrayDeque<>()).add(old);
      }
      List<Reported> rest = new ArrayList<>();
      for (Reported now : after) {
        Deque<Reported> candidates = open.get(newKey.apply(now));
        if (candidates == null || candidates.isEmpty()) {
          rest.add(now);
        } else {
          kept.add(new Kept(candidates.remove(), now));
        }
      }
      after = rest;
      before = open.values().stream().flatMap(Deque::stream).sorted().toList();
    }

    /** Takes away, and returns, those of the old findings that must not be paired any more. */
    List<Reported> dropBefore(Predicate<Reported> drop) {
      List<Reported> dropped = before.stream().filter(drop).toList();
      before = before.stream().filter(drop.negate()).toList();
      return dropped;
    }

    List<Kept> kept() {
      return kept.stream().sorted(Comparator.comparing(Kept::after)).toList();
    }
  }
}
