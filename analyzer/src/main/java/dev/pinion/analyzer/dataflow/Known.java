// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of one value on one path. The more is known, the lower it stands; knowing two
 * things that exclude each other means that the path cannot be taken.
 *
 * @param equal the number it is
 * @param unequal numbers it is not
 * @param is the named constant it is, such as an enumerator of a header
 * @param isNot named constants it is not
 * @param sign whether it is negative
 * @param error whether it is an error pointer
 */
public record Known(
    OptionalLong equal,
    SortedSet<Long> unequal,
    Optional<String> is,
    SortedSet<String> isNot,
    Answer sign,
    Answer error) {
  /** Whether something is so. */
  public enum Answer {
    YES,
    NO,
    UNKNOWN;

    static Answer of(boolean yes) {
      return yes ? YES : NO;
    }

    boolean excludes(Answer other) {
      return this != other && this != UNKNOWN && other != UNKNOWN;
    }

    Answer or(Answer other) {
      return this == UNKNOWN ? other : this;
    }
  }

  public static final Known NOTHING =
      new Known(
          OptionalLong.empty(),
          new TreeSet<>(),
          Optional.empty(),
          new TreeSet<>(),
          Answer.UNKNOWN,
          Answer.UNKNOWN);

  public static final Known ZERO = number(0);
  public static final Known NON_ZERO = notNumber(0);

  /** Neither NULL nor an error pointer. */
  public static final Known PRESENT =
      new Known(
          OptionalLong.empty(),
          NON_ZERO.unequal(),
          Optional.empty(),
          new TreeSet<>(),
          Answer.UNKNOWN,
          Answer.NO);

  /** It is that number. Small negative numbers are error codes, in pointers too. */
  public static Known number(long n) {
    return new Known(
        OptionalLong.of(n),
        new TreeSet<>(),
        Optional.empty(),
        new TreeSet<>(),
        Answer.of(n < 0),
        Answer.of(n < 0 && n >= -4095));
  }

  public static Known notNumber(long n) {
    return new Known(
        OptionalLong.empty(),
        new TreeSet<>(java.util.List.of(n)),
        Optional.empty(),
        new TreeSet<>(),
        Answer.UNKNOWN,
        Answer.UNKNOWN);
  }

  public static Known named(String name) {
    return new Known(
        OptionalLong.empty(),
        new TreeSet<>(),
        Optional.of(name),
        new TreeSet<>(),
        Answer.UNKNOWN,
        Answer.UNKNOWN);
  }

  public static Known notNamed(String name) {
    return new Known(
        OptionalLong.empty(),
        new TreeSet<>(),
        Optional.empty(),
        new TreeSet<>(java.util.List.of(name)),
        Answer.UNKNOWN,
        Answer.UNKNOWN);
  }

  /** Negative, and therefore not zero; or not negative. */
  public static Known negative(boolean negative) {
    return new Known(
        OptionalLong.empty(),
        new TreeSet<>(),
        Optional.empty(),
        new TreeSet<>(),
        Answer.of(negative),
        Answer.UNKNOWN);
  }

  /** An error pointer or negative error code; or none, which NULL and 0 are too. */
  public static Known errorPointer(boolean error) {
    return new Known(
        OptionalLong.empty(),
        new TreeSet<>(),
        Optional.empty(),
        new TreeSet<>(),
        Answer.UNKNOWN,
        Answer.of(error));
  }

  /** Whether it is surely zero. */
  public boolean isZero() {
    return equal.isPresent() && equal.getAsLong() == 0;
  }

  /** Whether it is surely not zero. */
  public boolean isNonZero() {
    return unequal.contains(0L)
        || (equal.isPresent() && equal.getAsLong() != 0)
        || sign == Answer.YES
        || error == Answer.YES;
  }

  /** What is known of its {@code !}. */
  Known not() {
    if (isZero()) {
      return number(1);
    }
    return isNonZero() ? ZERO : NOTHING;
  }

  /** Both at once; empty if that cannot be. */
  public Optional<Known> and(Known other) {
    if (sign.excludes(other.sign)
        || error.excludes(other.error)
        || differ(equal, other.equal)
        || differ(is, other.is)
        || (isZero() && other.isNonZero())
        || (isNonZero() && other.isZero())
        || denies(other)
        || other.denies(this)) {
      return Optional.empty();
    }
    return Optional.of(
        new Known(
            equal.isPresent() ? equal : other.equal,
            union(unequal, other.unequal),
            is.isPresent() ? is : other.is,
            union(isNot, other.isNot),
            sign.or(other.sign),
            error.or(other.error)));
  }

  private boolean denies(Known other) {
    return (other.equal.isPresent() && unequal.contains(other.equal.getAsLong()))
        || (other.is.isPresent() && isNot.contains(other.is.get()));
  }

  private static boolean differ(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent() && a.getAsLong() != b.getAsLong();
  }

  private static boolean differ(Optional<String> a, Optional<String> b) {
    return a.isPresent() && b.isPresent() && !a.equals(b);
  }

  private static <T extends Comparable<T>> SortedSet<T> union(SortedSet<T> a, SortedSet<T> b) {
    if (b.isEmpty()) {
      return a;
    }
    SortedSet<T> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }
}
