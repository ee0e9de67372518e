// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Member;
import dev.pinion.analyzer.ir.Declarations.Struct;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declaration.Simple;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Cast;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.Specifier;
import dev.pinion.analyzer.parse.syntax.TypeName;
import dev.pinion.analyzer.parse.syntax.TypeSpecifier;
import dev.pinion.analyzer.parse.syntax.TypeSpecifier.TagKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Types as the source spells them; reports the struct definitions it meets on the way. */
final class TypeLowering {
  /** The types of the names in scope, for {@code typeof(x)}. */
  interface Scope {
    /** The type of the variable that a name of the source means, or UNKNOWN. */
    CType typeOf(String name);
  }

  private final Positions positions;
  private final Scope scope;
  private final Consumer<Struct> structs;

  TypeLowering(Positions positions, Scope scope, Consumer<Struct> structs) {
    this.positions = positions;
    this.scope = scope;
    this.structs = structs;
  }

  /**
   * The type a specifier names.
   *
   * @param untagged the tag of a struct or union that the source gives none
   */
  CType specifier(Specifier specifier, String untagged) {
    TypeSpecifier type = specifier.type();
    if (type instanceof TypeSpecifier.Tagged tagged) {
      return new CType(kind(tagged.kind()), tagged.tag(), 0, 0);
    }
    if (type instanceof TypeSpecifier.TypedefName name) {
      return new CType(CType.Kind.TYPEDEF, name.name(), 0, 0);
    }
    if (type instanceof TypeSpecifier.Primitive primitive) {
      return new CType(CType.Kind.PRIMITIVE, primitive.name(), 0, 0);
    }
    if (type instanceof TypeSpecifier.Composite composite) {
      return composite(composite, untagged, specifier.first());
    }
    if (type instanceof TypeSpecifier.Enumeration enumeration) {
      return new CType(CType.Kind.ENUM, enumeration.tag(), 0, 0);
    }
    if (type instanceof TypeSpecifier.TypeofExpression typeof) {
      return typeOf(typeof.expression());
    }
    return type instanceof TypeSpecifier.TypeofType typeof ? typeId(typeof.type()) : CType.UNKNOWN;
  }

  private static CType.Kind kind(TagKind kind) {
    return switch (kind) {
      case STRUCT -> CType.Kind.STRUCT;
      case UNION -> CType.Kind.UNION;
      case ENUM -> CType.Kind.ENUM;
    };
  }

  /** The type of what a declarator declares, given its specifier's type. */
  CType declared(Declarator declarator, CType specified) {
    CType type = specified;
    for (Declarator at = declarator; at != null; at = at.nested()) {
      boolean function = at.isFunction() && at.nested() != null;
      type =
          function
              ? new CType(CType.Kind.FUNCTION, "", 0, 0)
              : add(type, at.pointers(), at.arrays());
    }
    return type;
  }

  /** The type of a parameter: arrays and functions are pointers there. */
  CType parameter(Declarator declarator, CType specified) {
    if (declarator.function() != null) {
      return new CType(CType.Kind.FUNCTION, "", 1, 0);
    }
    CType type = declared(declarator, specified);
    return type.arrays() > 0
        ? new CType(type.kind(), type.name(), type.pointers() + 1, type.arrays() - 1)
        : type;
  }

  /** The type a function returns, given the declarator that makes it one. */
  @SuppressWarnings("ReferenceEquality") // The very same node is looked for.
  CType returned(Declarator declarator, Declarator function, CType specified) {
    CType type = specified;
    for (Declarator at = declarator; at != null && at != function; at = at.nested()) {
      if (at.isFunction()) {
        type = new CType(CType.Kind.FUNCTION, "", 0, 0);
      }
    }
    return add(type, function.pointers(), 0);
  }

  CType typeId(TypeName name) {
    CType base = specifier(name.specifier(), placeTag(name.specifier()));
    Declarator declarator = name.declarator();
    // An abstract function declarator without a nested one is a function type itself.
    return declarator.isFunction() && declarator.nested() == null
        ? new CType(CType.Kind.FUNCTION, "", 0, 0)
        : declared(declarator, base);
  }

  /** A tag for a struct that nothing names: where it stands. */
  private String placeTag(Specifier specifier) {
    return specifier.type() instanceof TypeSpecifier.Composite
        ? "<" + positions.start(specifier) + ">"
        : "";
  }

  /**
   * The type of an expression as far as variables and casts tell, or UNKNOWN.
   *
   * @param expression nothing of it is evaluated
   */
  CType typeOf(@Nullable Expression expression) {
    Expression plain = expression == null ? null : Syntax.unwrap(expression);
    if (plain instanceof Identifier id) {
      return scope.typeOf(id.name());
    }
    if (plain instanceof Cast c) {
      return typeId(c.type());
    }
    if (plain instanceof Unary u) {
      CType operand = typeOf(u.operand());
      if (operand.kind() == CType.Kind.UNKNOWN) {
        return CType.UNKNOWN;
      }
      return switch (u.operator()) {
        case DEREFERENCE ->
            operand.isPointer() || operand.arrays() > 0 ? operand.pointee() : CType.UNKNOWN;
        case ADDRESS -> operand.pointer();
        default -> CType.UNKNOWN;
      };
    }
    return CType.UNKNOWN;
  }

  private static CType add(CType type, int pointers, int arrays) {
    return pointers == 0 && arrays == 0
        ? type
        : new CType(type.kind(), type.name(), type.pointers() + pointers, type.arrays() + arrays);
  }

  private CType composite(TypeSpecifier.Composite composite, String untagged, int first) {
    String tag = composite.tag().isEmpty() ? untagged : composite.tag();
    CType.Kind kind = kind(composite.kind());
    List<Struct> nested = new ArrayList<>();
    TypeLowering inner = new TypeLowering(positions, scope, nested::add);
    List<Member> members = inner.members(composite, tag);
    Position position = positions.at(first);
    structs.accept(new Struct(tag, kind, members, position));
    nested.forEach(structs);
    return new CType(kind, tag, 0, 0);
  }

  private List<Member> members(TypeSpecifier.Composite composite, String tag) {
    List<Member> members = new ArrayList<>();
    for (Declaration declaration : composite.members()) {
      if (!(declaration instanceof Simple simple)) {
        continue;
      }
      List<Declarator> declarators = simple.declarators();
      String name = declarators.size() == 0 ? "" : declarators.get(0).innermost().name();
      String untagged = tag + "." + (name.isEmpty() ? "#" + members.size() : name);
      CType type = specifier(simple.specifier(), untagged);
      if (declarators.size() == 0) {
        addAnonymous(members, simple.specifier(), type);
      }
      for (Declarator declarator : declarators) {
        String field = declarator.innermost().name();
        if (!field.isEmpty()) {
          members.add(new Member(field, declared(declarator, type)));
        }
      }
    }
    return members;
  }

  /** {@code struct { … };} is a member without a name; {@code struct tag { … };} only defines. */
  private static void addAnonymous(List<Member> members, Specifier specifier, CType type) {
    if (specifier.type() instanceof TypeSpecifier.Composite c && c.tag().isEmpty()) {
      members.add(new Member("", type));
    }
  }
}
