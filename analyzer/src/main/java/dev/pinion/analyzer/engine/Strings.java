// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One object for equal strings, across all files. */
final class Strings {
  private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

  String intern(String text) {
    String earlier = known.putIfAbsent(text, text);
    return earlier == null ? text : earlier;
  }
}
