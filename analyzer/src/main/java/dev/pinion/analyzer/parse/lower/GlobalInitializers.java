// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Initializer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTLiteralExpression;
import org.eclipse.cdt.core.dom.ast.c.ICASTDesignatedInitializer;
import org.eclipse.cdt.core.dom.ast.c.ICASTDesignator;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTDesignatedInitializer;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFieldDesignator;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTInitializerList;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTLiteralExpression;
import org.jspecify.annotations.Nullable;

/**
 * The values a variable of the file starts with. Plain numbers inside arrays are left out: register
 * tables are half of some drivers and say nothing about pointers.
 */
final class GlobalInitializers {
  private final FormulaLowering formulas;
  private final Positions positions;
  private final List<Initializer> found = new ArrayList<>();
  private int depth;

  GlobalInitializers(FormulaLowering formulas, Positions positions) {
    this.formulas = formulas;
    this.positions = positions;
  }

  /** The values of one variable's initialiser. */
  List<Initializer> of(@Nullable IASTInitializerClause clause, CType type) {
    boolean numbers = type.kind() == CType.Kind.PRIMITIVE && type.arrays() > 0 && !type.isPointer();
    if (clause != null && !numbers) {
      collect(clause, "", type.arrays() > 0 ? Shape.ARRAY : Shape.STRUCT);
    }
    return List.copyOf(found);
  }

  private enum Shape {
    STRUCT,
    ARRAY
  }

  private void collect(@Nullable IASTInitializerClause clause, String field, Shape shape) {
    if (found.size() >= Limits.INITIALIZERS || depth > Limits.FORMULA_DEPTH) {
      return;
    }
    depth++;
    if (clause instanceof CASTInitializerList list) {
      IASTInitializerClause[] all = list.getClauses();
      for (int i = 0; i < all.length; i++) {
        if (all[i] instanceof CASTDesignatedInitializer d) {
          designated(d, field);
        } else if (shape == Shape.ARRAY) {
          element(all[i], field);
        } else {
          collect(all[i], join(field, "#" + i), Shape.STRUCT);
        }
      }
    } else if (clause instanceof CASTDesignatedInitializer d) {
      designated(d, field);
    } else if (clause instanceof IASTExpression e) {
      found.add(new Initializer(field, formulas.value(e), positions.start(e)));
    }
    depth--;
  }

  private void element(IASTInitializerClause clause, String field) {
    boolean number =
        clause instanceof CASTLiteralExpression literal
            && literal.getKind() != IASTLiteralExpression.lk_string_literal;
    if (!number) {
      collect(clause, field, Shape.STRUCT);
    }
  }

  private void designated(ICASTDesignatedInitializer d, String outer) {
    String field = outer;
    boolean index = false;
    for (ICASTDesignator designator : d.getDesignators()) {
      index = !(designator instanceof CASTFieldDesignator);
      if (designator instanceof CASTFieldDesignator f) {
        field = join(field, Syntax.name(f.getName()));
      }
    }
    if (index) {
      element(d.getOperand(), field);
    } else {
      collect(d.getOperand(), field, Shape.STRUCT);
    }
  }

  private static String join(String outer, String field) {
    return outer.isEmpty() ? field : outer + "." + field;
  }
}
