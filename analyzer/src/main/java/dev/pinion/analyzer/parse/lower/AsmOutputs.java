// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The places that an {@code asm} statement writes: {@code "=r" (x)} and {@code "+m" (*p)}. */
final class AsmOutputs {
  /** Longer statements are code written in assembly, whose operands come late. */
  private static final int LONGEST = 4000;

  private static final Pattern OUTPUT =
      Pattern.compile(
          "\"[=+][^\"]*\"\\s*\\(\\s*(\\*?)\\s*(\\w+)((?:\\s*(?:->|\\.)\\s*\\w+)*)\\s*\\)");

  private AsmOutputs() {}

  /** The places written, in order; operands that are not plain places are left out. */
  static List<AccessPath> of(@Nullable String assembly, Variables variables) {
    List<AccessPath> places = new ArrayList<>();
    if (assembly == null || assembly.length() > LONGEST) {
      return places;
    }
    Matcher matcher = OUTPUT.matcher(assembly);
    while (matcher.find()) {
      AccessPath place = AccessPath.variable(variables.resolve(matcher.group(2)));
      String steps = matcher.group(3).replaceAll("\\s+", "");
      for (int at = 0; at < steps.length(); ) {
        boolean arrow = steps.charAt(at) == '-';
        int from = at + (arrow ? 2 : 1);
        int end = from;
        while (end < steps.length() && steps.charAt(end) != '-' && steps.charAt(end) != '.') {
          end++;
        }
        String field = steps.substring(from, end);
        place = arrow ? place.arrow(field) : place.dot(field);
        at = end;
      }
      places.add(matcher.group(1).isEmpty() ? place : place.deref());
    }
    return places;
  }
}
