// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the facts of all versions in a store's folder may become together.
 *
 * @param bytes at most; while a process runs, what it adds may be an eighth above
 */
public record StoreLimit(long bytes) {
  /** Facts of two kernels, with room for what changes in them. A kernel has 130 MB. */
  public static final StoreLimit DEFAULT = new StoreLimit(512L << 20);

  /** No limit. */
  public static final StoreLimit NONE = new StoreLimit(Long.MAX_VALUE);

  /** The variable of the environment that gives another default. */
  public static final String VARIABLE = "PINION_STORE_LIMIT";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})([KMGkmg]?)[Bb]?");
  private static final String NO_LIMIT = "unlimited";

  /** Checks the range. */
  public StoreLimit {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size below nothing: " + bytes);
    }
  }

  /**
   * Reads {@code 512M}, {@code 2G}, {@code 800000} or {@code unlimited}; K, M and G are powers of
   * 1024.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what to give
   */
  public static StoreLimit parse(String text) {
    if (text.equals(NO_LIMIT)) {
      return NONE;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no size; give it as 512M, 2G or %s".formatted(text, NO_LIMIT));
    }
    int shift =
        switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE >> shift ? NONE : new StoreLimit(number << shift);
  }

  /** What is left of it beside so many bytes of something else. */
  public StoreLimit less(long others) {
    return this.equals(NONE) ? NONE : new StoreLimit(Math.max(0, bytes - others));
  }

  /** How large a store is once there was too much in it: so that the next fact is not too much. */
  long low() {
    return bytes / 4 * 3;
  }
}
