// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.parse.ParsedUnit;
import dev.pinion.analyzer.parse.grammar.TypeNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the functions of one tree know about the file around them. */
final class UnitScope {
  private final ParsedUnit parsed;
  private final Positions positions;
  private final DeclarationSink declarations;
  private final Map<String, CType> variables = new HashMap<>();
  private final Set<String> functions = new HashSet<>();
  private final Set<String> typedefs = new HashSet<>();

  UnitScope(ParsedUnit parsed, Positions positions, DeclarationSink declarations) {
    this.parsed = parsed;
    this.positions = positions;
    this.declarations = declarations;
  }

  ParsedUnit parsed() {
    return parsed;
  }

  Positions positions() {
    return positions;
  }

  DeclarationSink declarations() {
    return declarations;
  }

  Idioms idioms() {
    return Idioms.KERNEL;
  }

  void addVariable(String name, CType type) {
    variables.put(name, type);
  }

  void addFunction(String name) {
    functions.add(name);
  }

  void addTypedef(String name) {
    typedefs.add(name);
  }

  /** Whether the file declares a variable of that name. */
  boolean isVariable(String name) {
    return variables.containsKey(name);
  }

  /** Whether the file declares a variable or function of that name. */
  boolean isDeclared(String name) {
    return variables.containsKey(name) || functions.contains(name);
  }

  /** Whether the name is a typedef, as far as the file and custom tell. */
  boolean isTypeName(String name) {
    return typedefs.contains(name)
        || (!name.isEmpty() && !isDeclared(name) && TypeNames.areCustom(name));
  }

  CType typeOf(String name) {
    return variables.getOrDefault(name, CType.UNKNOWN);
  }
}
