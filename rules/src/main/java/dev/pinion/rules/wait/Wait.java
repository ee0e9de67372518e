// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wait without a time limit on a queue or completion that is known by a name.
 *
 * @param use the call that waits, or puts the task on the queue before it sleeps
 * @param state what ends it besides: a word of the model
 */
record Wait(WaitQueues.Use use, FieldRef queue, String state) {
  static final String FAMILY = "wait";

  /** The waits of a function, in source order. */
  static List<Wait> in(FunctionRef function, Program program) {
    List<Wait> all = new ArrayList<>();
    WaitQueues queues = WaitQueues.of(program);
    for (WaitQueues.Use use : queues.in(function)) {
      Optional<String> state = state(use, program);
      if (state.isPresent()) {
        queues.queue(use).ifPresent(q -> all.add(new Wait(use, q, state.get())));
      }
    }
    return all;
  }

  /** Whether a function may have one, by its facts alone. */
  static boolean mayBeIn(FunctionRef function, Program program) {
    return WaitQueues.of(program).in(function).stream()
        .anyMatch(u -> state(u, program).filter(s -> isLasting(s)).isPresent());
  }

  /** Whether only a wake-up, or a signal that kills, ends it. */
  boolean isLasting() {
    return isLasting(state);
  }

  private static boolean isLasting(String state) {
    return state.equals("uninterruptible") || state.equals("killable");
  }

  boolean isKillable() {
    return state.equals("killable");
  }

  /** The state of a wait without a limit; empty if it has one, or is no wait. */
  private static Optional<String> state(WaitQueues.Use use, Program program) {
    Api api = use.api().orElseThrow();
    boolean waits =
        use.does("wait") || (use.does("prepare") && sleepsWithoutLimit(use.function(), program));
    if (!waits || api.is("limit")) {
      return Optional.empty();
    }
    int argument = api.argument("state");
    return argument < 0
        ? Optional.ofNullable(api.texts().get("state"))
        : named(use.operation().operand(argument), program);
  }

  private static Optional<String> named(Operand operand, Program program) {
    return program
        .model()
        .find(FAMILY, operand.path().root())
        .filter(row -> row.operation().equals("state"))
        .map(row -> row.texts().getOrDefault("is", ""));
  }

  private static boolean sleepsWithoutLimit(FunctionRef function, Program program) {
    List<Api> sleeps =
        program.callees(function).stream()
            .flatMap(c -> program.model().find(FAMILY, c).stream())
            .filter(a -> a.operation().equals("sleep"))
            .toList();
    return !sleeps.isEmpty() && sleeps.stream().noneMatch(a -> a.is("limit"));
  }

  Location location() {
    return use.location();
  }
}
