// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTCompoundStatement;
import org.eclipse.cdt.core.dom.ast.IASTIfStatement;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTReturnStatement;
import org.eclipse.cdt.core.dom.ast.IASTStatement;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.gnu.IGNUASTCompoundStatementExpression;
import org.eclipse.cdt.core.dom.ast.gnu.IGNUASTGotoStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTBreakStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTCaseStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTCompoundStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTContinueStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTDeclarationStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTDefaultStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTDoStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTExpressionStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTForStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTGotoStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTIfStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTLabelStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTReturnStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTSwitchStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTWhileStatement;
import org.eclipse.cdt.internal.core.dom.parser.c.GNUCASTGotoStatement;
import org.jspecify.annotations.Nullable;

/** Statements to control flow. */
final class StatementLowering {
  private final FunctionLowering function;
  private final LocalLowering locals;
  private final LoopLowering loops;
  private final SwitchLowering switches;

  StatementLowering(FunctionLowering function) {
    this.function = function;
    this.locals = new LocalLowering(function);
    this.loops = new LoopLowering(function, locals);
    this.switches = new SwitchLowering(function);
  }

  void statement(@Nullable IASTStatement statement) {
    if (statement == null) {
      return;
    }
    function.descend();
    try {
      lower(statement);
    } finally {
      function.ascend();
    }
  }

  private void lower(IASTStatement s) {
    if (s instanceof CASTExpressionStatement e) {
      function.expressions().effect(e.getExpression());
    } else if (s instanceof CASTCompoundStatement c) {
      compound(c);
    } else if (s instanceof CASTDeclarationStatement d) {
      locals.declaration(d.getDeclaration());
    } else if (s instanceof CASTIfStatement i) {
      branch(i);
    } else if (s instanceof CASTReturnStatement r) {
      leave(r);
    } else if (s instanceof CASTGotoStatement g) {
      function.scopes().jumpTo(Syntax.name(g.getName()), function.start(g));
    } else if (s instanceof CASTLabelStatement l) {
      function.scopes().label(Syntax.name(l.getName()));
      statement(l.getNestedStatement());
    } else if (s instanceof CASTForStatement f) {
      loops.forLoop(f);
    } else if (s instanceof CASTWhileStatement w) {
      loops.whileLoop(w);
    } else if (s instanceof CASTDoStatement d) {
      loops.doLoop(d);
    } else if (s instanceof CASTBreakStatement) {
      function.scopes().breakOut(function.start(s));
    } else if (s instanceof CASTContinueStatement) {
      function.scopes().continueLoop(function.start(s));
    } else if (s instanceof CASTSwitchStatement w) {
      switches.choice(w);
    } else if (s instanceof CASTCaseStatement c) {
      switches.label(c.getExpression());
    } else if (s instanceof CASTDefaultStatement) {
      switches.otherwise();
    } else if (s instanceof GNUCASTGotoStatement g) {
      computedGoto(g);
    }
  }

  private void compound(IASTCompoundStatement block) {
    Scopes.Scope scope = function.scopes().enter();
    for (IASTStatement statement : block.getStatements()) {
      statement(statement);
    }
    function.scopes().leave(scope, function.unit().positions().end(block));
  }

  /** A chain of else-ifs nests to the right and may be very long. */
  private void branch(IASTIfStatement first) {
    CfgBuilder cfg = function.cfg();
    int after = cfg.newBlock();
    IASTStatement at = first;
    while (at instanceof CASTIfStatement s) {
      int then = cfg.newBlock();
      IASTStatement otherwise = s.getElseClause();
      int next = otherwise == null ? after : cfg.newBlock();
      function.conditions().branch(s.getConditionExpression(), then, next);
      cfg.start(then);
      statement(s.getThenClause());
      cfg.jump(after);
      if (otherwise == null) {
        cfg.start(after);
        return;
      }
      cfg.start(next);
      at = otherwise;
    }
    statement(at);
    cfg.start(after);
  }

  private void leave(IASTReturnStatement s) {
    IASTInitializerClause argument = s.getReturnArgument();
    Optional<Value> value =
        argument == null ? Optional.empty() : Optional.of(function.expressions().value(argument));
    function.scopes().leaveFunction(value, function.start(s));
  }

  private void computedGoto(IGNUASTGotoStatement s) {
    Value value =
        s.getLabelNameExpression() instanceof CASTUnaryExpression u
                && u.getOperator() == IASTUnaryExpression.op_star
            ? function.expressions().value(u.getOperand())
            : function.expressions().value(s.getLabelNameExpression());
    function.scopes().jumpToComputed(value, function.start(s));
  }

  /** {@code ({ …; value; })}: the value is read before the cleanups of its scope run. */
  Value expression(IGNUASTCompoundStatementExpression e, Destination to) {
    IASTCompoundStatement block = e.getCompoundStatement();
    IASTStatement[] all = block == null ? new IASTStatement[0] : block.getStatements();
    Scopes.Scope scope = function.scopes().enter();
    Value value = new Value.Compound("void", List.of());
    boolean delivered = false;
    for (int i = 0; i < all.length; i++) {
      IASTStatement last = i == all.length - 1 ? unlabelled(all[i]) : null;
      if (last instanceof CASTExpressionStatement result) {
        value = function.expressions().lower(result.getExpression(), to);
        delivered = true;
      } else if (last != null) {
        statement(last);
      } else {
        statement(all[i]);
      }
    }
    Position end = block == null ? function.start(e) : function.unit().positions().end(block);
    if (to instanceof Destination.AsValue
        && function.scopes().hasCleanups(scope)
        && !(value instanceof Value.Constant)) {
      value = new Value.Load(function.keep(value, end));
    }
    function.scopes().leave(scope, end);
    return delivered ? value : function.expressions().deliver(value, to);
  }

  private IASTStatement unlabelled(IASTStatement statement) {
    IASTStatement at = statement;
    while (at instanceof CASTLabelStatement l && l.getNestedStatement() != null) {
      function.scopes().label(Syntax.name(l.getName()));
      at = l.getNestedStatement();
    }
    return at;
  }
}
