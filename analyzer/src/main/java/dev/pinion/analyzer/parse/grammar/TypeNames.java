// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

/** Typedef names that every file of the kernel uses without declaring them. */
public final class TypeNames {
  private TypeNames() {}

  /** Whether a name is one by custom: {@code size_t}, {@code u32}, {@code __le16}, {@code uint}. */
  public static boolean areCustom(String name) {
    int length = name.length();
    if (name.endsWith("_t")) {
      return length > 2;
    }
    if (length < 2 || length > 6) {
      return false;
    }
    int start = name.startsWith("__") ? 2 : name.startsWith("_") ? 1 : 0;
    if (length == start) {
      return false;
    }
    char first = name.charAt(start);
    if (start == 2 && (first == 'l' || first == 'b') && name.startsWith("e", start + 1)) {
      return length == start + 4 && isWidth(name, start + 2);
    }
    if (first == 's' || first == 'u') {
      return isWidth(name, start + 1)
          || (start == 0
              && switch (name) {
                case "uint", "ulong", "ushort" -> true;
                default -> false;
              });
    }
    return false;
  }

  private static boolean isWidth(String name, int from) {
    return switch (name.substring(from)) {
      case "8", "16", "32", "64", "128" -> true;
      default -> false;
    };
  }
}
