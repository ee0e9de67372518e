// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

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

  /** The primitives that are given a function. */
  private static List<Api> primitives(Program program) {
    List<Api> all = new ArrayList<>();
    for (Api api : program.model().family("rcu")) {
      if (queues(api)) {
        all.add(api);
      }
    }
    return all;
  }

  /** The files that queue callbacks, sorted. */
  static Collection<String> filesThatQueue(Program program) {
    Collection<String> files = new TreeSet<>();
    primitives(program).forEach(api -> files.addAll(program.files(Term.PASS, api.name())));
    return files;
  }

  /** The files of callbacks, sorted. */
  static Collection<String> files(Program program) {
    Collection<String> files = new TreeSet<>();
    for (String path : filesThatQueue(program)) {
      for (FunctionRef caller : program.functionsIn(path)) {
        queuedBy(caller, program).forEach(callback -> files.add(callback.file()));
      }
    }
    return files;
  }

  /** The callbacks that a function queues, sorted. */
  static Collection<FunctionRef> queuedBy(FunctionRef function, Program program) {
    Collection<FunctionRef> all = new TreeSet<>();
    primitives(program).forEach(api -> all.addAll(queued(function, api, program)));
    return all;
  }

  /** Who queues the function as a callback, in path order for each primitive. */
  static List<Queueing> of(FunctionRef callback, Program program) {
    return program.memo(
        List.of("ModuleCallbacks.of", callback),
        () -> {
          List<Queueing> all = new ArrayList<>();
          List<String> mention = program.files(Term.MENTION, callback.name());
          if (mention.isEmpty()) {
            return all;
          }
          for (Api api : primitives(program)) {
            for (String path : program.files(Term.PASS, api.name())) {
              if (mention.contains(path)) {
                for (FunctionRef caller : program.functionsIn(path)) {
                  if (queued(caller, api, program).contains(callback)) {
                    all.add(new Queueing(api, caller));
                  }
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
