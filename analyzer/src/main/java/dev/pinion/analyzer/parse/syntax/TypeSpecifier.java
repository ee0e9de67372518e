// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;

/** The type that a specifier names. */
public sealed interface TypeSpecifier {

  /** No type is named. */
  record None() implements TypeSpecifier {}

  /** {@code unsigned long} and its like, in one fixed order of words. */
  record Primitive(String name) implements TypeSpecifier {}

  /** {@code __auto_type}. */
  record Automatic() implements TypeSpecifier {}

  /** A typedef's name. */
  record TypedefName(String name) implements TypeSpecifier {}

  /** {@code struct tag}, {@code union tag} or {@code enum tag}, without a body. */
  record Tagged(TagKind kind, String tag) implements TypeSpecifier {}

  /** A struct or union with its members; the tag may be empty. */
  record Composite(TagKind kind, String tag, List<Declaration> members) implements TypeSpecifier {
    public Composite {
      members = List.copyOf(members);
    }
  }

  /** An enumeration with its constants, which are not kept; the tag may be empty. */
  record Enumeration(String tag) implements TypeSpecifier {}

  /** {@code typeof(expression)}. */
  record TypeofExpression(Expression expression) implements TypeSpecifier {}

  /** {@code typeof(type)}. */
  record TypeofType(TypeName type) implements TypeSpecifier {}

  /** What a tag stands for. */
  enum TagKind {
    STRUCT,
    UNION,
    ENUM
  }
}
