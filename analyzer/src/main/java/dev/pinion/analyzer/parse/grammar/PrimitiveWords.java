// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.syntax.TypeSpecifier;

/** The words of a primitive type, in any order. */
final class PrimitiveWords {
  private String base = "";
  private int longs;
  private boolean shorter;
  private boolean signed;
  private boolean unsigned;

  void add(int symbol) {
    switch (symbol) {
      case Symbol.VOID -> base = "void";
      case Symbol.CHAR -> base = "char";
      case Symbol.INT -> base = "int";
      case Symbol.FLOAT -> base = "float";
      case Symbol.DOUBLE -> base = "double";
      case Symbol.BOOL -> base = "bool";
      case Symbol.INT128 -> base = "__int128";
      case Symbol.LONG -> longs++;
      case Symbol.SHORT -> shorter = true;
      case Symbol.SIGNED -> signed = true;
      case Symbol.UNSIGNED -> unsigned = true;
      default -> {}
    }
  }

  TypeSpecifier type() {
    String width = longs > 1 ? "long long" : longs == 1 ? "long" : shorter ? "short" : "";
    if (base.isEmpty() && width.isEmpty() && !signed && !unsigned) {
      return new TypeSpecifier.None();
    }
    boolean integer = base.isEmpty() || base.equals("int");
    String name = width.isEmpty() ? (integer ? "int" : base) : width;
    if (!width.isEmpty() && !integer) {
      name = width + " " + base;
    }
    if (unsigned) {
      name = unsigned(name);
    } else if (signed && base.equals("char")) {
      name = "signed char";
    }
    return new TypeSpecifier.Primitive(name);
  }

  /** The common ones need no new text. */
  private static String unsigned(String name) {
    return switch (name) {
      case "int" -> "unsigned int";
      case "long" -> "unsigned long";
      case "long long" -> "unsigned long long";
      case "char" -> "unsigned char";
      case "short" -> "unsigned short";
      default -> "unsigned " + name;
    };
  }
}
