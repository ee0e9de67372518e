// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version a kernel tree gives itself.
 *
 * @param version {@code VERSION} of the top Makefile
 * @param patchLevel {@code PATCHLEVEL}
 * @param subLevel {@code SUBLEVEL}; 0 where there is none
 */
public record KernelVersion(int version, int patchLevel, int subLevel)
    implements Comparable<KernelVersion> {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "^(VERSION|PATCHLEVEL|SUBLEVEL)[ \\t]*:?=[ \\t]*(\\d{1,6})[ \\t\\r]*$",
          Pattern.MULTILINE);

  private static final Comparator<KernelVersion> ORDER =
      Comparator.comparingInt(KernelVersion::version)
          .thenComparingInt(KernelVersion::patchLevel)
          .thenComparingInt(KernelVersion::subLevel);

  /** Reads the assignments in a top Makefile; empty if it does not name VERSION and PATCHLEVEL. */
  public static Optional<KernelVersion> parse(byte[] makefile) {
    int version = -1;
    int patchLevel = -1;
    int subLevel = 0;
    Matcher matcher = ASSIGNMENT.matcher(new String(makefile, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      int value = Integer.parseInt(matcher.group(2));
      switch (matcher.group(1)) {
        case "VERSION" -> version = value;
        case "PATCHLEVEL" -> patchLevel = value;
        default -> subLevel = value;
      }
    }
    return version < 0 || patchLevel < 0
        ? Optional.empty()
        : Optional.of(new KernelVersion(version, patchLevel, subLevel));
  }

  @Override
  public int compareTo(KernelVersion other) {
    return ORDER.compare(this, other);
  }

  /** As kbuild prints it, without {@code EXTRAVERSION}: {@code 6.12.57}. */
  @Override
  public String toString() {
    return version + "." + patchLevel + "." + subLevel;
  }
}
