// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Global;
import dev.pinion.analyzer.ir.Declarations.Initializer;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import dev.pinion.analyzer.ir.Function.Linkage;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declaration.Simple;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Declarator.Parameter;
import dev.pinion.analyzer.parse.syntax.Specifier;
import dev.pinion.analyzer.parse.syntax.TypeSpecifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declarations inside a function. */
final class LocalLowering {
  private final FunctionLowering function;

  LocalLowering(FunctionLowering function) {
    this.function = function;
  }

  void declaration(@Nullable Declaration declaration) {
    if (!(declaration instanceof Simple simple)) {
      return;
    }
    Specifier specifier = simple.specifier();
    List<Declarator> declarators = simple.declarators();
    String first = declarators.size() == 0 ? "" : declarators.get(0).innermost().name();
    if (isScope(specifier, declarators)) {
      return;
    }
    CType type = function.types().specifier(specifier, "<" + function.name() + "." + first + ">");
    for (Declarator declarator : declarators) {
      declarator(specifier.storage(), type, declarator);
    }
  }

  private void declarator(Specifier.Storage storage, CType specified, Declarator declarator) {
    Declarator named = declarator.innermost();
    String text = named.name();
    if (text.isEmpty()) {
      return;
    }
    if (storage == Specifier.Storage.TYPEDEF) {
      CType type =
          declarator.function() != null
              ? new CType(CType.Kind.FUNCTION, "", 0, 0)
              : function.types().declared(declarator, specified);
      function.unit().declarations().typedef(new Typedef(text, type));
      return;
    }
    if (storage == Specifier.Storage.EXTERN || declarator.function() != null) {
      return;
    }
    CType type = function.types().declared(declarator, specified);
    if (storage == Specifier.Storage.STATIC) {
      staticLocal(text, type, declarator);
      return;
    }
    String unique = function.variables().declare(text, type, Variable.Kind.LOCAL);
    initialize(unique, declarator);
    function
        .unit()
        .parsed()
        .cleanup(named.nameFirst())
        .ifPresent(
            c ->
                function
                    .scopes()
                    .onLeave("__free(" + c.function() + ")", List.of(Value.load(unique))));
  }

  private void initialize(String unique, Declarator declarator) {
    Clause clause = declarator.initializer();
    if (clause == null) {
      return;
    }
    function.variables().assigned(unique);
    function.expressions().into(AccessPath.variable(unique), clause, function.start(declarator));
  }

  /** A static local is a variable of the file that only this function can name. */
  private void staticLocal(String name, CType type, Declarator declarator) {
    String unique = function.variables().declare(name, type, Variable.Kind.STATIC_LOCAL);
    Clause clause = declarator.initializer();
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
                function.unit().positions().at(declarator.innermost().nameFirst())));
  }

  /**
   * {@code guard(mutex)(lock);} with a plain name as argument has the grammar of a declaration: a
   * function {@code mutex} with a parameter {@code lock}.
   */
  private boolean isScope(Specifier specifier, List<Declarator> declarators) {
    if (!(specifier.type() instanceof TypeSpecifier.TypedefName named)
        || declarators.size() != 1
        || !(function.unit().idioms().of(named.name()) instanceof Idiom.Guard)) {
      return false;
    }
    Declarator f = declarators.get(0);
    if (f.parameters() == null || f.nested() == null) {
      return false;
    }
    List<Value> arguments = new ArrayList<>();
    for (Parameter parameter : f.parameters()) {
      String argument = parameter.declarator().innermost().name();
      if (argument.isEmpty()
          && parameter.specifier().type() instanceof TypeSpecifier.TypedefName n) {
        argument = n.name();
      }
      arguments.add(Value.load(function.variables().resolve(argument)));
    }
    String guard = f.innermost().name();
    function.scopes().guard(guard, arguments, Destination.DISCARD, f);
    return true;
  }
}
