// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.Optional;

/** Calls that hand an object over to RCU: {@code kfree_rcu}, {@code call_rcu} and their like. */
final class DeferredFree {
  private DeferredFree() {}

  /** Whether the call leaves the object to be freed after a grace period. */
  static boolean defers(Program program, Typing typing, Instruction.Call call, String object) {
    Optional<Api> api = program.model().find("rcu", call.name());
    if (api.isEmpty()) {
      return false;
    }
    return switch (api.get().operation()) {
      case "defer-free" -> isObject(typing, call, api.get().argument("arg"), object);
      case "wait" -> isObject(typing, call, api.get().argument("free"), object);
      case "callback" -> isInside(typing, call, api.get().argument("head"), object);
      default -> false;
    };
  }

  private static boolean isObject(
      Typing typing, Instruction.Call call, int argument, String object) {
    return argument >= 0
        && argument < call.arguments().size()
        && typing.canonical(call.arguments().get(argument)) instanceof Value.Load load
        && load.path().toString().equals(object);
  }

  private static boolean isInside(
      Typing typing, Instruction.Call call, int argument, String object) {
    return argument >= 0
        && argument < call.arguments().size()
        && typing.canonical(call.arguments().get(argument)) instanceof Value.AddressOf address
        && address.path().holder().toString().equals(object);
  }
}
