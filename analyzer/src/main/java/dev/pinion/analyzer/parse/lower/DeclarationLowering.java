// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Global;
import dev.pinion.analyzer.ir.Declarations.Prototype;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import dev.pinion.analyzer.ir.Function.Linkage;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTParameterDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTStandardFunctionDeclarator;

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
  List<IASTFunctionDefinition> lower(IASTDeclaration[] declarations) {
    List<IASTFunctionDefinition> functions = new ArrayList<>();
    for (IASTDeclaration declaration : declarations) {
      if (declaration instanceof IASTFunctionDefinition function) {
        unit.addFunction(Syntax.name(Syntax.innermost(function.getDeclarator()).getName()));
        functions.add(function);
      } else if (declaration instanceof IASTSimpleDeclaration simple) {
        declaration(simple);
      }
    }
    return functions;
  }

  /** The types that the head of a function definition names. */
  TypeLowering types() {
    return types;
  }

  private void declaration(IASTSimpleDeclaration simple) {
    IASTDeclSpecifier specifier = simple.getDeclSpecifier();
    IASTDeclarator[] declarators = simple.getDeclarators();
    if (specifier == null) {
      return;
    }
    String first =
        declarators.length == 0 ? "" : Syntax.name(Syntax.innermost(declarators[0]).getName());
    CType type = types.specifier(specifier, "<" + first + ">");
    for (IASTDeclarator declarator : declarators) {
      String name = Syntax.name(Syntax.innermost(declarator).getName());
      IASTFunctionDeclarator function = Syntax.function(declarator);
      if (name.isEmpty()) {
        continue;
      }
      if (specifier.getStorageClass() == IASTDeclSpecifier.sc_typedef) {
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

  private void variable(
      IASTDeclSpecifier specifier, String name, CType type, IASTDeclarator declarator) {
    unit.addVariable(name, type);
    IASTDeclarator inner = Syntax.innermost(declarator);
    IASTInitializerClause clause = LocalLowering.clause(declarator.getInitializer());
    if (clause == null) {
      clause = LocalLowering.clause(inner.getInitializer());
    }
    Linkage linkage =
        specifier.getStorageClass() == IASTDeclSpecifier.sc_static
            ? Linkage.STATIC
            : Linkage.GLOBAL;
    unit.declarations()
        .global(
            new Global(
                name,
                type,
                linkage,
                new GlobalInitializers(formulas, unit.positions()).of(clause, type),
                unit.positions().start(inner.getName())));
  }

  private List<CType> parameters(IASTFunctionDeclarator function) {
    List<CType> parameters = new ArrayList<>();
    if (function instanceof IASTStandardFunctionDeclarator standard) {
      for (IASTParameterDeclaration p : standard.getParameters()) {
        CType type = types.parameter(p.getDeclarator(), types.specifier(p.getDeclSpecifier(), ""));
        String name = Syntax.name(Syntax.innermost(p.getDeclarator()).getName());
        if (!name.isEmpty() || !type.equals(CType.VOID)) {
          parameters.add(type);
        }
      }
    }
    return parameters;
  }
}
