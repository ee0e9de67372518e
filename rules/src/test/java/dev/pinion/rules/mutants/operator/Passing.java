// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Borrowing;
import java.util.Optional;

/** Whether a reference may be somebody else's before the function puts it. */
final class Passing {
  private final Site site;
  private final CountCalls.Count put;

  Passing(Site site, CountCalls.Count put) {
    this.site = site;
    this.put = put;
  }

  /** Who may keep the pointer on the way from its taking to its put; nothing if nobody does. */
  Mutant.Known since(Instruction.Call taking) {
    if (!site.facts().analysed()) {
      return site.understood();
    }
    Cfg cfg = site.program().ir(site.function()).cfg();
    for (BasicBlock block : cfg.blocks()) {
      for (Instruction instruction : block.instructions()) {
        Optional<String> keeper = keeper(instruction);
        if (keeper.isPresent()
            && cfg.leads(taking, instruction)
            && cfg.leads(instruction, put.call())) {
          return Mutant.Known.obstacle(keeper.get());
        }
      }
    }
    return Mutant.Known.NOTHING;
  }

  private Optional<String> keeper(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      return isObject(assign.value()) && !assign.target().isVariable()
          ? Optional.of("the pointer is stored before its put")
          : Optional.empty();
    }
    Instruction.Call call = (Instruction.Call) instruction;
    for (int i = 0; i < call.arguments().size(); i++) {
      if (isObject(call.arguments().get(i))
          && call.kind() == Instruction.CallKind.ORDINARY
          && !call.equals(put.call())
          && !call.name().equals(put.call().name())
          && !Borrowing.of(site.program()).onlyLooks(call.name(), i, site.function().file())) {
        return Optional.of("the pointer is passed to a function that may keep it");
      }
    }
    return Optional.empty();
  }

  private boolean isObject(Value value) {
    AccessPath object = put.object();
    return site.canonical(value) instanceof Value.Load load && load.path().equals(object);
  }
}
