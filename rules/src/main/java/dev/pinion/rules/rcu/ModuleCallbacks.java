// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which functions are queued as RCU callbacks, and where; from facts alone. */
final class ModuleCallbacks {
  private ModuleCallbacks() {}

  /**
   * A call that queues a callback.
   *
   * @param api the primitive
   * @param from the function that queues
   */
  record Queueing(Api api, FunctionRef from) {}

  /** The callbacks of the tree, with the functions that queue them, in path order. */
  static SortedMap<FunctionRef, List<Queueing>> all(Program program) {
    return program.settled(
        "ModuleCallbacks.all",
        () -> {
          SortedMap<FunctionRef, List<Queueing>> all = new TreeMap<>();
          for (Api api : program.model().family("rcu")) {
            if (queues(api)) {
              for (FunctionRef caller : program.functionsCalling(api.name())) {
                for (FunctionRef callback : queued(caller, api, program)) {
                  all.computeIfAbsent(callback, c -> new ArrayList<>(1))
                      .add(new Queueing(api, caller));
                }
              }
            }
          }
          return all;
        });
  }

  /** Whether the primitive is given a function; where a work item is, it is no callback of RCU. */
  private static boolean queues(Api api) {
    return api.operation().equals("callback")
        && api.argument("callback") >= 0
        && api.argument("head") >= 0;
  }

  private static List<FunctionRef> queued(FunctionRef caller, Api api, Program program) {
    List<FunctionRef> found = new ArrayList<>();
    for (FunctionFacts.Reference reference : program.facts(caller).references()) {
      if (reference.callee().equals(api.name())
          && reference.argument() == api.argument("callback")) {
        program.resolve(reference.name(), caller.file()).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The module that the callback's text goes away with, if it can. */
  static List<ModuleMap.Module> loadable(FunctionRef callback, Program program) {
    return ModuleMap.of(program).modulesOf(callback.file()).stream()
        .filter(m -> m.kind() == ModuleMap.Kind.LOADABLE)
        .toList();
  }
}
