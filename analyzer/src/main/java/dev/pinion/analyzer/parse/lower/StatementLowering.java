// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction.Assign;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression.StatementExpression;
import dev.pinion.analyzer.parse.syntax.Statement;
import dev.pinion.analyzer.parse.syntax.Statement.Break;
import dev.pinion.analyzer.parse.syntax.Statement.Case;
import dev.pinion.analyzer.parse.syntax.Statement.Compound;
import dev.pinion.analyzer.parse.syntax.Statement.ComputedGoto;
import dev.pinion.analyzer.parse.syntax.Statement.Continue;
import dev.pinion.analyzer.parse.syntax.Statement.DeclarationStatement;
import dev.pinion.analyzer.parse.syntax.Statement.Default;
import dev.pinion.analyzer.parse.syntax.Statement.Do;
import dev.pinion.analyzer.parse.syntax.Statement.ExpressionStatement;
import dev.pinion.analyzer.parse.syntax.Statement.For;
import dev.pinion.analyzer.parse.syntax.Statement.Goto;
import dev.pinion.analyzer.parse.syntax.Statement.If;
import dev.pinion.analyzer.parse.syntax.Statement.Labeled;
import dev.pinion.analyzer.parse.syntax.Statement.Return;
import dev.pinion.analyzer.parse.syntax.Statement.Switch;
import dev.pinion.analyzer.parse.syntax.Statement.While;
import java.util.List;
import java.util.Optional;
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

  void statement(@Nullable Statement statement) {
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

  private void lower(Statement s) {
    if (s instanceof ExpressionStatement e) {
      function.expressions().effect(e.expression());
    } else if (s instanceof Compound c) {
      compound(c);
    } else if (s instanceof DeclarationStatement d) {
      locals.declaration(d.declaration());
    } else if (s instanceof If i) {
      branch(i);
    } else if (s instanceof Return r) {
      leave(r);
    } else if (s instanceof Goto g) {
      function.scopes().jumpTo(g.label(), function.start(g));
    } else if (s instanceof Labeled l) {
      function.scopes().label(l.label());
      statement(l.statement());
    } else if (s instanceof For f) {
      loops.forLoop(f);
    } else if (s instanceof While w) {
      loops.whileLoop(w);
    } else if (s instanceof Do d) {
      loops.doLoop(d);
    } else if (s instanceof Break) {
      function.scopes().breakOut(function.start(s));
    } else if (s instanceof Continue) {
      function.scopes().continueLoop(function.start(s));
    } else if (s instanceof Switch w) {
      switches.choice(w);
    } else if (s instanceof Case c) {
      switches.label(c.value());
    } else if (s instanceof Default) {
      switches.otherwise();
    } else if (s instanceof Statement.Assembly a) {
      assembly(a);
    } else if (s instanceof ComputedGoto g) {
      computedGoto(g);
    }
  }

  private void compound(Compound block) {
    Scopes.Scope scope = function.scopes().enter();
    List<Statement> all = block.statements();
    for (int i = 0; i < all.size(); i++) { // No iterator: half of all statements are in blocks.
      statement(all.get(i));
    }
    function.scopes().leave(scope, function.unit().positions().end(block));
  }

  /** A chain of else-ifs nests to the right and may be very long. */
  private void branch(If first) {
    CfgBuilder cfg = function.cfg();
    int after = cfg.newBlock();
    Statement at = first;
    while (at instanceof If s) {
      int then = cfg.newBlock();
      Statement otherwise = s.otherwise();
      int next = otherwise == null ? after : cfg.newBlock();
      function.conditions().branch(s.condition(), then, next);
      cfg.start(then);
      statement(s.then());
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

  private void leave(Return s) {
    Clause argument = s.value();
    Optional<Value> value =
        argument == null ? Optional.empty() : Optional.of(function.expressions().value(argument));
    function.scopes().leaveFunction(value, function.start(s));
  }

  private void assembly(Statement.Assembly s) {
    for (Statement.Output output : s.outputs()) {
      AccessPath place = AsmOutputs.place(output, function.variables());
      Value value = new Value.Compound("asm", List.of());
      function.cfg().add(new Assign(place, value, function.start(s)));
    }
  }

  private void computedGoto(ComputedGoto s) {
    Value value = function.expressions().value(s.target());
    function.scopes().jumpToComputed(value, function.start(s));
  }

  /** {@code ({ …; value; })}: the value is read before the cleanups of its scope run. */
  Value expression(StatementExpression e, Destination to) {
    Compound block = e.block();
    List<Statement> all = block.statements();
    Scopes.Scope scope = function.scopes().enter();
    Value value = new Value.Compound("void", List.of());
    boolean delivered = false;
    for (int i = 0; i < all.size(); i++) {
      Statement last = i == all.size() - 1 ? unlabelled(all.get(i)) : null;
      if (last instanceof ExpressionStatement result) {
        value = function.expressions().lower(result.expression(), to);
        delivered = true;
      } else if (last != null) {
        statement(last);
      } else {
        statement(all.get(i));
      }
    }
    Position end = function.unit().positions().end(block);
    if (to instanceof Destination.AsValue
        && function.scopes().hasCleanups(scope)
        && !(value instanceof Value.Constant)) {
      value = new Value.Load(function.keep(value, end));
    }
    function.scopes().leave(scope, end);
    return delivered ? value : function.expressions().deliver(value, to);
  }

  private Statement unlabelled(Statement statement) {
    Statement at = statement;
    while (at instanceof Labeled l && l.statement() != null) {
      function.scopes().label(l.label());
      at = l.statement();
    }
    return at;
  }
}
