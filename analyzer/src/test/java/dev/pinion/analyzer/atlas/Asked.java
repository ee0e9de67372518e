// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import java.util.List;

/** Answers taken apart for tests. */
final class Asked {
  private Asked() {}

  /** The only answer of one that was found. */
  static <T> T one(Answer<List<T>> answer) {
    List<T> all = all(answer);
    if (all.size() != 1) {
      throw new AssertionError("not one answer: " + all);
    }
    return all.get(0);
  }

  /** All answers of one that was found. */
  static <T> List<T> all(Answer<List<T>> answer) {
    if (answer instanceof Answer.Found<List<T>> found) {
      return found.value();
    }
    throw new AssertionError(answer.toString());
  }

  static <T> Answer.Unknown<T> unknown(Answer<T> answer) {
    if (answer instanceof Answer.Unknown<T> unknown) {
      return unknown;
    }
    throw new AssertionError(answer.toString());
  }

  /** {@code file:line function} of a place. */
  static String text(Place place) {
    return place.location().file() + ":" + place.location().line() + " " + place.function();
  }

  static List<String> functions(List<Place> places) {
    return places.stream().map(Place::function).toList();
  }
}
