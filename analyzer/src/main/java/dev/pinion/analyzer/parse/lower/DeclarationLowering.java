// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Global;
import dev.pinion.analyzer.ir.Declarations.Prototype;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import dev.pinion.analyzer.ir.Function.Linkage;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declaration.FunctionDefinition;
import dev.pinion.analyzer.parse.syntax.Declaration.Simple;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Declarator.Parameter;
import dev.pinion.analyzer.parse.syntax.Specifier;
import java.util.ArrayList;
import java.util.List;

/** What one tree declares at file level. */
final class DeclarationLowering {
  private final UnitScope unit;
  private final TypeLowering types;
  private final FormulaLowering formulas;

  DeclarationLowering(UnitScope unit) {
    this.unit = unit;
    this.types = new TypeLowering(unit.positions(), unit::typeOf, unit.declarations()::struct);
    this.formulas = new FormulaLowering(name -> name, types);
  }

  /** Reports every declaration but the functions defined, which it returns, in order. */
  List<FunctionDefinition> lower(List<Declaration> declarations) {
    List<FunctionDefinition> functions = new ArrayList<>();
    for (Declaration declaration : declarations) {
      if (declaration instanceof FunctionDefinition function) {
        unit.addFunction(function.declarator().innermost().name());
        functions.add(function);
      } else if (declaration instanceof Simple simple) {
        declaration(simple);
      }
    }
    return functions;
  }

  /** The types that the head of a function definition names. */
  TypeLowering types() {
    return types;
  }

  private void declaration(Simple simple) {
    Specifier specifier = simple.specifier();
    List<Declarator> declarators = simple.declarators();
    String first = declarators.size() == 0 ? "" : declarators.get(0).innermost().name();
    CType type = types.specifier(specifier, "<" + first + ">");
    for (Declarator declarator : declarators) {
      String name = declarator.innermost().name();
      Declarator function = declarator.function();
      if (name.isEmpty()) {
        continue;
      }
      if (specifier.storage() == Specifier.Storage.TYPEDEF) {
        CType named =
            function != null
                ? new CType(CType.Kind.FUNCTION, "", 0, 0)
                : types.declared(declarator, type);
        unit.addTypedef(name);
        unit.declarations().typedef(new Typedef(name, named));
      } else if (function != null) {
        unit.addFunction(name);
        unit.declarations()
            .prototype(
                new Prototype(
                    name, types.returned(declarator, function, type), parameters(function)));
      } else {
        variable(specifier, name, types.declared(declarator, type), declarator);
      }
    }
  }

  private void variable(Specifier specifier, String name, CType type, Declarator declarator) {
    unit.addVariable(name, type);
    Clause clause = declarator.initializer();
    Linkage linkage =
        specifier.storage() == Specifier.Storage.STATIC ? Linkage.STATIC : Linkage.GLOBAL;
    unit.declarations()
        .global(
            new Global(
                name,
                type,
                linkage,
                new GlobalInitializers(formulas, unit.positions()).of(clause, type),
                unit.positions().at(declarator.innermost().nameFirst())));
  }

  private List<CType> parameters(Declarator function) {
    List<CType> parameters = new ArrayList<>();
    if (function.parameters() != null) {
      for (Parameter p : function.parameters()) {
        CType type = types.parameter(p.declarator(), types.specifier(p.specifier(), ""));
        String name = p.declarator().innermost().name();
        if (!name.isEmpty() || !type.equals(CType.VOID)) {
          parameters.add(type);
        }
      }
    }
    return parameters;
  }
}
