// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

/**
 * A C type, as far as access paths need it: what it is at its base, and how many pointers or array
 * dimensions stand between a value of it and that base. Qualifiers are dropped.
 *
 * <p>A struct or union without a tag gets a synthetic one from where it stands: {@code outer.field}
 * for a named member, {@code outer.#2} for an anonymous one, {@code <name>} when only a typedef or
 * a variable names it. Tags of C have no dot and no angle bracket, so the two kinds never meet.
 *
 * @param kind what the base is
 * @param name tag, typedef name or primitive name ({@code "unsigned long"}); empty if unknown
 * @param pointers how many pointers stand before the base
 * @param arrays how many array dimensions stand before the base
 */
public record CType(Kind kind, String name, int pointers, int arrays) {
  /** What a type is at its base. */
  public enum Kind {
    STRUCT,
    UNION,
    ENUM,
    /** Resolved at link time: the definition usually stands in a header. */
    TYPEDEF,
    PRIMITIVE,
    /** A function; with one pointer, a function pointer. */
    FUNCTION,
    /** {@code typeof(x)}, {@code __auto_type}, or unparsable. */
    UNKNOWN
  }

  public static final CType UNKNOWN = new CType(Kind.UNKNOWN, "", 0, 0);
  public static final CType VOID = new CType(Kind.PRIMITIVE, "void", 0, 0);
  public static final CType INT = new CType(Kind.PRIMITIVE, "int", 0, 0);

  public static CType struct(String tag) {
    return new CType(Kind.STRUCT, tag, 0, 0);
  }

  public CType pointer() {
    return new CType(kind, name, pointers + 1, arrays);
  }

  /** The type after one {@code *}, {@code []} or the left side of {@code ->}; never negative. */
  public CType pointee() {
    if (arrays > 0) {
      return new CType(kind, name, pointers, arrays - 1);
    }
    return pointers > 0 ? new CType(kind, name, pointers - 1, 0) : this;
  }

  /** The type without pointers and arrays. */
  public CType base() {
    return pointers == 0 && arrays == 0 ? this : new CType(kind, name, 0, 0);
  }

  public boolean isPointer() {
    return pointers > 0;
  }

  public boolean isAggregate() {
    return kind == Kind.STRUCT || kind == Kind.UNION;
  }

  /** C-like spelling: {@code struct kvm *}, {@code u32[]}. */
  @Override
  public String toString() {
    String base =
        switch (kind) {
          case STRUCT -> "struct " + name;
          case UNION -> "union " + name;
          case ENUM -> "enum " + name;
          case TYPEDEF, PRIMITIVE -> name;
          case FUNCTION -> "fn";
          case UNKNOWN -> "?";
        };
    return base + (pointers > 0 ? " " + "*".repeat(pointers) : "") + "[]".repeat(arrays);
  }
}
