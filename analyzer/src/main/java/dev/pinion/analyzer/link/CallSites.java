// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls by which a function is entered, for questions about what it is passed. An answer about
 * a parameter holds if it holds at all of them.
 */
public final class CallSites {
  /** A function that is called from more functions than this is a library function. */
  private static final int MAX_WAYS = 24;

  private CallSites() {}

  /** One call. */
  public record Site(FunctionRef caller, Contexts.Body body, Instruction.Call call) {
    /** What is passed for a parameter, canonical in the caller's names. */
    public Optional<Value> argument(int parameter) {
      return parameter >= 0 && parameter < call.arguments().size()
          ? Optional.of(body.typing().canonical(call.arguments().get(parameter)))
          : Optional.empty();
    }

    /** The path whose content is passed for a parameter; empty if it is something computed. */
    public Optional<AccessPath> passed(int parameter) {
      return argument(parameter)
          .filter(v -> v instanceof Value.Load)
          .map(v -> ((Value.Load) v).path());
    }
  }

  /**
   * All calls that enter the function, in path order, recursive ones left out.
   *
   * @return empty if a way into it is out of sight or in the core, or if there are too many; an
   *     empty list for a function that the tree never calls
   */
  public static Optional<List<Site>> into(Program program, FunctionRef function) {
    return program.memo(List.of("CallSites", function), () -> find(program, function));
  }

  private static Optional<List<Site>> find(Program program, FunctionRef function) {
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    if (ways.size() > MAX_WAYS) {
      return Optional.empty();
    }
    List<Site> sites = new ArrayList<>();
    for (CallGraph.Way way : ways) {
      Optional<FunctionRef> caller = way.caller();
      if (caller.isEmpty() || way instanceof CallGraph.Way.ByMacro) {
        return Optional.empty(); // what a macro passes on is not known
      }
      if (caller.get().equals(function)) {
        continue;
      }
      Contexts.Body body = Contexts.of(program).body(caller.get());
      for (Instruction.Call call : Calls.of(body.function())) {
        if (isBy(way, function, body, call)) {
          sites.add(new Site(caller.get(), body, call));
        }
      }
    }
    return Optional.of(List.copyOf(sites));
  }

  /** Whether the call, in that body, enters the function by that way. */
  public static boolean isBy(
      CallGraph.Way way, FunctionRef function, Contexts.Body body, Instruction.Call call) {
    Optional<TypedPath> path = way.path();
    return path.isEmpty()
        ? call.calls(way.spelled(function))
        : call.callee() instanceof Instruction.Callee.Indirect through
            && body.typing().typed(through.path()).equals(path.get());
  }
}
