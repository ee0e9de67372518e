// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.grammar.TypeParser.Place;
import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Declarator.Parameter;
import dev.pinion.analyzer.parse.syntax.Specifier;
import dev.pinion.analyzer.parse.syntax.Statement;
import dev.pinion.analyzer.parse.syntax.TypeSpecifier;
import java.util.ArrayList;
import java.util.List;

/** Declarations at file level, of members and among statements. */
final class DeclarationParser {
  private final Grammar grammar;
  private final Cursor cursor;
  private final DeclaratorParser declarators;

  DeclarationParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.declarators = new DeclaratorParser(grammar);
  }

  DeclaratorParser declarators() {
    return declarators;
  }

  /** A declaration or function definition at file level. */
  Declaration external() throws Unreadable {
    int first = cursor.first();
    if (cursor.is(Symbol.OTHER_KEYWORD)) {
      cursor.skipTo(';');
      return new Declaration.Other(first, cursor.last());
    }
    if (cursor.is(Symbol.ASM)) {
      grammar.statements.statement();
      return new Declaration.Other(first, cursor.last());
    }
    Specifier specifier = grammar.types.specifier(Place.DECLARATION);
    if (cursor.take(';') || isCutOff(specifier)) {
      return new Declaration.Simple(specifier, List.of(), first, cursor.last());
    }
    Declarator declarator = declarators.initialized(specifier, Place.DECLARATION);
    if (cursor.is('{')) {
      return function(specifier, declarator, first);
    }
    return rest(specifier, declarator, Place.DECLARATION, first);
  }

  /** A body at the end of what is read: the semicolon behind it was taken away. */
  private boolean isCutOff(Specifier specifier) {
    return cursor.is(Symbol.END)
        && (specifier.type() instanceof TypeSpecifier.Composite
            || specifier.type() instanceof TypeSpecifier.Enumeration);
  }

  private Declaration function(Specifier specifier, Declarator declarator, int first)
      throws Unreadable {
    Declarator function = declarator.function();
    if (function == null || function.parameters() == null) {
      throw cursor.unreadable();
    }
    int scope = grammar.names.enter();
    for (Parameter parameter : function.parameters()) {
      grammar.names.declareObject(parameter.declarator().innermost().name());
    }
    Statement.Compound body = grammar.statements.compound();
    grammar.names.leave(scope);
    return new Declaration.FunctionDefinition(specifier, declarator, body, first, cursor.last());
  }

  /** A declaration among statements. */
  Declaration local() throws Unreadable {
    int first = cursor.first();
    Specifier specifier = grammar.types.specifier(Place.DECLARATION);
    return afterSpecifier(specifier, Place.DECLARATION, first);
  }

  /** A member of a struct or union; one that cannot be read costs itself. */
  Declaration member() {
    int start = cursor.at;
    int first = cursor.first();
    int depth = cursor.depth();
    try {
      Specifier specifier = grammar.types.specifier(Place.MEMBER);
      return afterSpecifier(specifier, Place.MEMBER, first);
    } catch (Unreadable notC) {
      grammar.giveUp(start, depth);
      return new Declaration.Unreadable(first, cursor.last());
    }
  }

  private Declaration afterSpecifier(Specifier specifier, Place place, int first)
      throws Unreadable {
    if (cursor.take(';')) {
      return new Declaration.Simple(specifier, List.of(), first, cursor.last());
    }
    Declarator declarator = declarators.initialized(specifier, place);
    return cursor.is('{') && place == Place.DECLARATION
        ? function(specifier, declarator, first)
        : rest(specifier, declarator, place, first);
  }

  private Declaration rest(Specifier specifier, Declarator declarator, Place place, int first)
      throws Unreadable {
    if (cursor.take(';')) {
      return new Declaration.Simple(specifier, List.of(declarator), first, cursor.last());
    }
    List<Declarator> all = new ArrayList<>();
    all.add(declarator);
    while (cursor.take(',')) {
      all.add(declarators.initialized(specifier, place));
    }
    cursor.expect(';');
    return new Declaration.Simple(specifier, all, first, cursor.last());
  }
}
