// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Member;
import dev.pinion.analyzer.ir.Declarations.Struct;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.cdt.core.dom.ast.IASTArrayDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTCompositeTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTElaboratedTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTEnumerationSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTNamedTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTTypeId;
import org.eclipse.cdt.core.dom.ast.IASTTypeIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTCastExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTTypeIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;
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
  CType specifier(IASTDeclSpecifier specifier, String untagged) {
    if (specifier instanceof IASTElaboratedTypeSpecifier e) {
      String tag = Syntax.name(e.getName());
      return switch (e.getKind()) {
        case IASTElaboratedTypeSpecifier.k_struct -> CType.struct(tag);
        case IASTElaboratedTypeSpecifier.k_union -> new CType(CType.Kind.UNION, tag, 0, 0);
        default -> new CType(CType.Kind.ENUM, tag, 0, 0);
      };
    }
    if (specifier instanceof IASTNamedTypeSpecifier n) {
      return named(Syntax.name(n.getName()));
    }
    if (specifier instanceof IASTSimpleDeclSpecifier s) {
      return simple(s);
    }
    if (specifier instanceof IASTCompositeTypeSpecifier c) {
      return composite(c, untagged);
    }
    if (specifier instanceof IASTEnumerationSpecifier e) {
      return new CType(CType.Kind.ENUM, Syntax.name(e.getName()), 0, 0);
    }
    return CType.UNKNOWN;
  }

  /** The type of what a declarator declares, given its specifier's type. */
  CType declared(IASTDeclarator declarator, CType specified) {
    CType type = specified;
    for (IASTDeclarator at = declarator; at != null; at = at.getNestedDeclarator()) {
      int pointers = at.getPointerOperators().length;
      int arrays = at instanceof IASTArrayDeclarator a ? a.getArrayModifiers().length : 0;
      boolean function = at instanceof IASTFunctionDeclarator && at.getNestedDeclarator() != null;
      type = function ? new CType(CType.Kind.FUNCTION, "", 0, 0) : add(type, pointers, arrays);
    }
    return type;
  }

  /** The type of a parameter: arrays and functions are pointers there. */
  CType parameter(IASTDeclarator declarator, CType specified) {
    if (Syntax.function(declarator) != null) {
      return new CType(CType.Kind.FUNCTION, "", 1, 0);
    }
    CType type = declared(declarator, specified);
    return type.arrays() > 0
        ? new CType(type.kind(), type.name(), type.pointers() + 1, type.arrays() - 1)
        : type;
  }

  /** The type a function returns, given the declarator that makes it one. */
  CType returned(IASTDeclarator declarator, IASTFunctionDeclarator function, CType specified) {
    CType type = specified;
    for (IASTDeclarator at = declarator; at != function; at = at.getNestedDeclarator()) {
      if (at instanceof IASTFunctionDeclarator) {
        type = new CType(CType.Kind.FUNCTION, "", 0, 0);
      }
    }
    return add(type, function.getPointerOperators().length, 0);
  }

  CType typeId(@Nullable IASTTypeId id) {
    if (id == null || id.getDeclSpecifier() == null) {
      return CType.UNKNOWN;
    }
    IASTDeclSpecifier specifier = id.getDeclSpecifier();
    CType base = specifier(specifier, placeTag(specifier));
    IASTDeclarator declarator = id.getAbstractDeclarator();
    return declarator == null ? base : abstractType(declarator, base);
  }

  private CType abstractType(IASTDeclarator declarator, CType base) {
    // An abstract function declarator without a nested one is a function type itself.
    if (declarator instanceof IASTFunctionDeclarator && declarator.getNestedDeclarator() == null) {
      return new CType(CType.Kind.FUNCTION, "", 0, 0);
    }
    return declared(declarator, base);
  }

  /** A tag for a struct that nothing names: where it stands. */
  private String placeTag(IASTDeclSpecifier specifier) {
    return specifier instanceof IASTCompositeTypeSpecifier
        ? "<" + positions.start(specifier) + ">"
        : "";
  }

  /**
   * The type of an expression as far as variables and casts tell, or UNKNOWN.
   *
   * @param expression nothing of it is evaluated
   */
  CType typeOf(@Nullable IASTExpression expression) {
    IASTExpression plain = expression == null ? null : Syntax.unwrap(expression);
    if (plain instanceof CASTIdExpression id) {
      return scope.typeOf(Syntax.name(id.getName()));
    }
    if (plain instanceof CASTCastExpression c) {
      return typeId(c.getTypeId());
    }
    if (plain instanceof CASTTypeIdExpression t
        && t.getOperator() == IASTTypeIdExpression.op_typeof) {
      return typeId(t.getTypeId());
    }
    if (plain instanceof CASTUnaryExpression u) {
      CType operand = typeOf(u.getOperand());
      if (operand.kind() == CType.Kind.UNKNOWN) {
        return CType.UNKNOWN;
      }
      return switch (u.getOperator()) {
        case IASTUnaryExpression.op_star ->
            operand.isPointer() || operand.arrays() > 0 ? operand.pointee() : CType.UNKNOWN;
        case IASTUnaryExpression.op_amper -> operand.pointer();
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

  private static CType named(String name) {
    return switch (name) {
      case "__auto_type", "" -> CType.UNKNOWN;
      case "bool" -> new CType(CType.Kind.PRIMITIVE, "bool", 0, 0);
      default -> new CType(CType.Kind.TYPEDEF, name, 0, 0);
    };
  }

  private CType simple(IASTSimpleDeclSpecifier s) {
    int type = s.getType();
    if (type == IASTSimpleDeclSpecifier.t_typeof || type == IASTSimpleDeclSpecifier.t_decltype) {
      return typeOf(s.getDeclTypeExpression());
    }
    if (type == IASTSimpleDeclSpecifier.t_auto) {
      return CType.UNKNOWN;
    }
    String base =
        switch (type) {
          case IASTSimpleDeclSpecifier.t_void -> "void";
          case IASTSimpleDeclSpecifier.t_char -> "char";
          case IASTSimpleDeclSpecifier.t_float -> "float";
          case IASTSimpleDeclSpecifier.t_double -> "double";
          case IASTSimpleDeclSpecifier.t_bool -> "bool";
          case IASTSimpleDeclSpecifier.t_int128 -> "__int128";
          default -> "int";
        };
    String width = s.isLongLong() ? "long long" : s.isLong() ? "long" : s.isShort() ? "short" : "";
    String name = width.isEmpty() ? base : base.equals("int") ? width : width + " " + base;
    if (s.isUnsigned()) {
      name = "unsigned " + name;
    } else if (s.isSigned() && base.equals("char")) {
      name = "signed char";
    } else if (type == IASTSimpleDeclSpecifier.t_unspecified && width.isEmpty() && !s.isSigned()) {
      return CType.UNKNOWN;
    }
    return new CType(CType.Kind.PRIMITIVE, name, 0, 0);
  }

  private CType composite(IASTCompositeTypeSpecifier composite, String untagged) {
    String tag = Syntax.name(composite.getName());
    if (tag.isEmpty()) {
      tag = untagged;
    }
    CType.Kind kind =
        composite.getKey() == IASTCompositeTypeSpecifier.k_union
            ? CType.Kind.UNION
            : CType.Kind.STRUCT;
    List<Struct> nested = new ArrayList<>();
    TypeLowering inner = new TypeLowering(positions, scope, nested::add);
    List<Member> members = inner.members(composite, tag);
    Position position = positions.start(composite);
    structs.accept(new Struct(tag, kind, members, position));
    nested.forEach(structs);
    return new CType(kind, tag, 0, 0);
  }

  private List<Member> members(IASTCompositeTypeSpecifier composite, String tag) {
    List<Member> members = new ArrayList<>();
    for (IASTDeclaration declaration : composite.getMembers()) {
      if (!(declaration instanceof IASTSimpleDeclaration simple)) {
        continue;
      }
      IASTDeclarator[] declarators = simple.getDeclarators();
      String name =
          declarators.length == 0 ? "" : Syntax.name(Syntax.innermost(declarators[0]).getName());
      String untagged = tag + "." + (name.isEmpty() ? "#" + members.size() : name);
      CType type = specifier(simple.getDeclSpecifier(), untagged);
      if (declarators.length == 0) {
        addAnonymous(members, simple.getDeclSpecifier(), type);
      }
      for (IASTDeclarator declarator : declarators) {
        String field = Syntax.name(Syntax.innermost(declarator).getName());
        if (!field.isEmpty()) {
          members.add(new Member(field, declared(declarator, type)));
        }
      }
    }
    return members;
  }

  /** {@code struct { … };} is a member without a name; {@code struct tag { … };} only defines. */
  private static void addAnonymous(List<Member> members, IASTDeclSpecifier specifier, CType type) {
    if (specifier instanceof IASTCompositeTypeSpecifier c && Syntax.name(c.getName()).isEmpty()) {
      members.add(new Member("", type));
    }
  }
}
