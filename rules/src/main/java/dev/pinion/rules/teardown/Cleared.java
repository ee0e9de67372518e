// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.Program;
import java.util.List;

/** Whether a value at the end of a descent is NULL: there, or where it was passed on. */
final class Cleared {
  private Cleared() {}

  static boolean isNull(Program program, Descent.Reached reached, Value value) {
    Value current = Contexts.of(program).body(reached.function()).typing().canonical(value);
    List<Descent.Step> steps = reached.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (!(current instanceof Value.Load load) || !load.path().isVariable()) {
        break;
      }
      Descent.Step step = steps.get(i);
      int parameter =
          Contexts.of(program).body(step.to()).function().parameterIndex(load.path().root());
      List<Instruction.Call> calls = new Retrace(program).calls(step);
      if (parameter < 0 || calls.size() != 1) {
        break;
      }
      List<Value> arguments = calls.get(0).arguments();
      if (parameter >= arguments.size()) {
        break;
      }
      current = Contexts.of(program).body(step.from()).typing().canonical(arguments.get(parameter));
    }
    return current.equals(Value.ZERO);
  }
}
