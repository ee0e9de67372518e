// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Initializer;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Clause.Designation;
import dev.pinion.analyzer.parse.syntax.Clause.Designator;
import dev.pinion.analyzer.parse.syntax.Clause.InitializerList;
import dev.pinion.analyzer.parse.syntax.Clause.MemberDesignator;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Literal;
import java.util.ArrayList;
import java.util.List;
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
  List<Initializer> of(@Nullable Clause clause, CType type) {
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

  private void collect(@Nullable Clause clause, String field, Shape shape) {
    if (found.size() >= Limits.INITIALIZERS || depth > Limits.FORMULA_DEPTH) {
      return;
    }
    depth++;
    if (clause instanceof InitializerList list) {
      List<Clause> all = list.clauses();
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i) instanceof Designation d) {
          designated(d, field);
        } else if (shape == Shape.ARRAY) {
          element(all.get(i), field);
        } else {
          collect(all.get(i), join(field, "#" + i), Shape.STRUCT);
        }
      }
    } else if (clause instanceof Designation d) {
      designated(d, field);
    } else if (clause instanceof Expression e) {
      found.add(new Initializer(field, formulas.value(e), positions.start(e)));
    }
    depth--;
  }

  private void element(Clause clause, String field) {
    boolean number = clause instanceof Literal literal && literal.kind() != Literal.Kind.STRING;
    if (!number) {
      collect(clause, field, Shape.STRUCT);
    }
  }

  private void designated(Designation d, String outer) {
    String field = outer;
    boolean index = false;
    for (Designator designator : d.designators()) {
      index = !(designator instanceof MemberDesignator);
      if (designator instanceof MemberDesignator f) {
        field = join(field, f.name());
      }
    }
    if (index) {
      element(d.clause(), field);
    } else {
      collect(d.clause(), field, Shape.STRUCT);
    }
  }

  private static String join(String outer, String field) {
    return outer.isEmpty() ? field : outer + "." + field;
  }
}
