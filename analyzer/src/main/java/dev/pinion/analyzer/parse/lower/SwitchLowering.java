// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator.Case;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Statement.Switch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Switches: their labels are met while the body is lowered, in whatever block they stand. */
final class SwitchLowering {
  private static final int NONE = -1;

  private final FunctionLowering function;
  private final Deque<Open> open = new ArrayDeque<>();

  /** A switch whose body is being lowered. */
  private static final class Open {
    private final List<Case> cases = new ArrayList<>();
    private int otherwise = NONE;
  }

  SwitchLowering(FunctionLowering function) {
    this.function = function;
  }

  void choice(Switch s) {
    CfgBuilder cfg = function.cfg();
    Position position = function.start(s);
    Value value = function.expressions().value(s.value());
    int dispatch = cfg.newBlock();
    int after = cfg.newBlock();
    cfg.jump(dispatch);
    Open choice = new Open();
    open.push(choice);
    function.scopes().enterSwitch(after);
    function.statements().statement(s.body());
    function.scopes().leaveSwitch();
    open.pop();
    cfg.jump(after);
    cfg.start(dispatch);
    int otherwise = choice.otherwise == NONE ? after : choice.otherwise;
    cfg.choose(value, choice.cases, otherwise, position);
    cfg.start(after);
  }

  /** {@code case x:}; the block before falls through. */
  void label(@Nullable Expression expression) {
    int block = function.cfg().newBlock();
    function.cfg().start(block);
    Open choice = open.peek();
    if (choice != null) {
      choice.cases.add(new Case(constant(expression), block));
    }
  }

  void otherwise() {
    int block = function.cfg().newBlock();
    function.cfg().start(block);
    Open choice = open.peek();
    if (choice != null) {
      choice.otherwise = block;
    }
  }

  private OptionalLong constant(@Nullable Expression expression) {
    Value value =
        new FormulaLowering(function.variables()::resolve, function.types()).value(expression);
    return value instanceof Value.Constant c ? OptionalLong.of(c.value()) : OptionalLong.empty();
  }
}
