// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Global;
import dev.pinion.analyzer.ir.Declarations.Initializer;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import dev.pinion.analyzer.ir.Function.Linkage;
import dev.pinion.analyzer.ir.Instruction.Assign;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTASMDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNamedTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTParameterDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTStandardFunctionDeclarator;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTEqualsInitializer;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTInitializerList;
import org.jspecify.annotations.Nullable;

/** Declarations inside a function. */
final class LocalLowering {
  private final FunctionLowering function;

  LocalLowering(FunctionLowering function) {
    this.function = function;
  }

  void declaration(@Nullable IASTDeclaration declaration) {
    if (declaration instanceof IASTASMDeclaration asm) {
      AsmOutputs.of(asm.getAssembly(), function.variables())
          .forEach(
              place ->
                  function
                      .cfg()
                      .add(
                          new Assign(
                              place, new Value.Compound("asm", List.of()), function.start(asm))));
      return;
    }
    if (!(declaration instanceof IASTSimpleDeclaration simple)) {
      return;
    }
    IASTDeclSpecifier specifier = simple.getDeclSpecifier();
    IASTDeclarator[] declarators = simple.getDeclarators();
    String first =
        declarators.length == 0 ? "" : Syntax.name(Syntax.innermost(declarators[0]).getName());
    if (specifier == null || isScope(specifier, declarators)) {
      return;
    }
    CType type = function.types().specifier(specifier, "<" + function.name() + "." + first + ">");
    for (IASTDeclarator declarator : declarators) {
      declarator(specifier.getStorageClass(), type, declarator);
    }
  }

  private void declarator(int storage, CType specified, IASTDeclarator declarator) {
    IASTName name = Syntax.innermost(declarator).getName();
    String text = Syntax.name(name);
    if (text.isEmpty()) {
      return;
    }
    if (storage == IASTDeclSpecifier.sc_typedef) {
      CType type =
          Syntax.function(declarator) != null
              ? new CType(CType.Kind.FUNCTION, "", 0, 0)
              : function.types().declared(declarator, specified);
      function.unit().declarations().typedef(new Typedef(text, type));
      return;
    }
    if (storage == IASTDeclSpecifier.sc_extern || Syntax.function(declarator) != null) {
      return;
    }
    CType type = function.types().declared(declarator, specified);
    if (storage == IASTDeclSpecifier.sc_static) {
      staticLocal(text, type, declarator);
      return;
    }
    String unique = function.variables().declare(text, type, Variable.Kind.LOCAL);
    initialize(unique, declarator);
    function
        .unit()
        .parsed()
        .cleanup(function.unit().positions().offset(name))
        .ifPresent(
            c ->
                function
                    .scopes()
                    .onLeave("__free(" + c.function() + ")", List.of(Value.load(unique))));
  }

  private void initialize(String unique, IASTDeclarator declarator) {
    IASTInitializerClause clause = clause(Syntax.innermost(declarator).getInitializer());
    if (clause == null) {
      clause = clause(declarator.getInitializer());
    }
    if (clause == null) {
      return;
    }
    function.variables().assigned(unique);
    function.expressions().into(AccessPath.variable(unique), clause, function.start(declarator));
  }

  static @Nullable IASTInitializerClause clause(@Nullable IASTInitializer initializer) {
    if (initializer instanceof CASTEqualsInitializer equals) {
      return equals.getInitializerClause();
    }
    return initializer instanceof CASTInitializerList list ? list : null;
  }

  /** A static local is a variable of the file that only this function can name. */
  private void staticLocal(String name, CType type, IASTDeclarator declarator) {
    String unique = function.variables().declare(name, type, Variable.Kind.STATIC_LOCAL);
    IASTInitializerClause clause = clause(declarator.getInitializer());
    FormulaLowering formulas = new FormulaLowering(function.variables()::resolve, function.types());
    List<Initializer> values =
        new GlobalInitializers(formulas, function.unit().positions()).of(clause, type);
    formulas.labels().forEach(function.scopes()::labelAddressTaken);
    function
        .unit()
        .declarations()
        .global(
            new Global(
                function.name() + "." + unique,
                type,
                Linkage.STATIC,
                values,
                function.start(Syntax.innermost(declarator).getName())));
  }

  /**
   * {@code guard(mutex)(lock);} with a plain name as argument has the grammar of a declaration: a
   * function {@code mutex} with a parameter {@code lock}.
   */
  private boolean isScope(IASTDeclSpecifier specifier, IASTDeclarator[] declarators) {
    if (!(specifier instanceof IASTNamedTypeSpecifier named)
        || declarators.length != 1
        || !(declarators[0] instanceof IASTStandardFunctionDeclarator f)
        || f.getNestedDeclarator() == null
        || !(function.unit().idioms().of(Syntax.name(named.getName())) instanceof Idiom.Guard)) {
      return false;
    }
    List<Value> arguments = new ArrayList<>();
    for (IASTParameterDeclaration parameter : f.getParameters()) {
      String argument = Syntax.name(Syntax.innermost(parameter.getDeclarator()).getName());
      if (argument.isEmpty() && parameter.getDeclSpecifier() instanceof IASTNamedTypeSpecifier n) {
        argument = Syntax.name(n.getName());
      }
      arguments.add(Value.load(function.variables().resolve(argument)));
    }
    String guard = Syntax.name(Syntax.innermost(f).getName());
    function.scopes().guard(guard, arguments, Destination.DISCARD, f);
    return true;
  }
}
