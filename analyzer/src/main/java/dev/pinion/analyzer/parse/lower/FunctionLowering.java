// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction.Assign;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Declarator.Parameter;
import dev.pinion.analyzer.parse.syntax.Node;
import dev.pinion.analyzer.parse.syntax.Statement;

/**
 * One function under construction: its variables, its graph, and the lowerings of statements and
 * expressions, which know each other through here.
 */
final class FunctionLowering {
  private final UnitScope unit;
  private final String name;
  private final CfgBuilder cfg = new CfgBuilder();
  private final Variables variables = new Variables();
  private final TypeLowering types;
  private final Scopes scopes = new Scopes(this);
  private final ExpressionLowering expressions = new ExpressionLowering(this);
  private final CallLowering calls = new CallLowering(this);
  private final ConditionLowering conditions = new ConditionLowering(this);
  private final InitializerLowering initializers = new InitializerLowering(this);
  private final StatementLowering statements = new StatementLowering(this);
  private int depth;

  FunctionLowering(UnitScope unit, String name) {
    this.unit = unit;
    this.name = name;
    this.types = new TypeLowering(unit.positions(), this::typeOf, unit.declarations()::struct);
  }

  private CType typeOf(String source) {
    CType own = variables.typeOf(variables.resolve(source));
    return own == null ? unit.typeOf(source) : own;
  }

  /** Declares the parameters, in order. */
  void parameters(Declarator declarator) {
    if (declarator.parameters() == null) {
      return;
    }
    int index = 0;
    for (Parameter p : declarator.parameters()) {
      index++;
      CType specified = types.specifier(p.specifier(), "");
      CType type = types.parameter(p.declarator(), specified);
      String parameter = p.declarator().innermost().name();
      if (parameter.isEmpty() && type.equals(CType.VOID)) {
        continue;
      }
      variables.declare(
          parameter.isEmpty() ? "#" + index : parameter, type, Variable.Kind.PARAMETER);
    }
  }

  /** Lowers the body. */
  Cfg body(Statement body) {
    Position end = unit.positions().end(body);
    statements.statement(body);
    cfg.finish(end);
    scopes.connect();
    return cfg.build();
  }

  UnitScope unit() {
    return unit;
  }

  /** The function's name. */
  String name() {
    return name;
  }

  CfgBuilder cfg() {
    return cfg;
  }

  Variables variables() {
    return variables;
  }

  TypeLowering types() {
    return types;
  }

  Scopes scopes() {
    return scopes;
  }

  ExpressionLowering expressions() {
    return expressions;
  }

  CallLowering calls() {
    return calls;
  }

  ConditionLowering conditions() {
    return conditions;
  }

  InitializerLowering initializers() {
    return initializers;
  }

  StatementLowering statements() {
    return statements;
  }

  Position start(Node node) {
    return unit.positions().start(node);
  }

  /** One level deeper in the syntax tree; pair with {@link #ascend}. */
  void descend() {
    if (++depth > Limits.DEPTH) {
      throw new LimitReached("nested deeper than " + Limits.DEPTH);
    }
  }

  void ascend() {
    depth--;
  }

  /** A variable that holds the value: the temporary it is already in, or a new one. */
  AccessPath keep(Value value, Position position) {
    if (value instanceof Value.Load l && l.path().isTemporary() && l.path().isVariable()) {
      return l.path();
    }
    AccessPath place = variables.temporary(typeOf(value));
    cfg.add(new Assign(place, value, position));
    return place;
  }

  /** The type of a value as far as the function's own variables tell. */
  private CType typeOf(Value value) {
    if (value instanceof Value.Load load) {
      return typeOf(load.path());
    }
    if (value instanceof Value.AddressOf address) {
      CType type = typeOf(address.path());
      return type.kind() == CType.Kind.UNKNOWN ? type : type.pointer();
    }
    if (value instanceof Value.ContainerOf container) {
      return container.type().pointer();
    }
    if (value instanceof Value.Compound c
        && c.operands().size() == 2
        && (c.operator().equals("+") || c.operator().equals("-"))) {
      return typeOf(c.operands().get(0));
    }
    return CType.UNKNOWN;
  }

  CType typeOf(AccessPath path) {
    CType known = variables.typeOf(path.root());
    CType type = known == null ? CType.UNKNOWN : known;
    for (Step step : path.steps()) {
      boolean plain = step instanceof Step.Deref || step instanceof Step.Index;
      if (!plain || (!type.isPointer() && type.arrays() == 0)) {
        return CType.UNKNOWN;
      }
      type = type.pointee();
    }
    return type;
  }
}
