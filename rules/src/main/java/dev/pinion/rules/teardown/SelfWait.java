// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A callback that waits, itself or in what it calls, for the object whose callback it is. */
final class SelfWait {
  private SelfWait() {}

  /**
   * The way from the callback to the function that waits; empty if it does not come there, or if it
   * is not sure that it is the same object.
   *
   * @param object what is waited for, in the function's names
   * @param passed the member of the object that the callback is given, or empty
   */
  static Optional<Descent.Reached> of(
      Program program, FunctionRef callback, FunctionRef function, Value object, String passed) {
    // Most waits are for others, and a callback's helpers stand beside it.
    if (!(object instanceof Value.AddressOf address) || !callback.file().equals(function.file())) {
      return Optional.empty();
    }
    List<Descent.Reached> running = Descent.of(program).withinFile(callback);
    return running.stream()
        .filter(r -> r.function().equals(function))
        .filter(r -> isOwn(program, callback, r, address.path(), passed))
        .findFirst();
  }

  private static boolean isOwn(
      Program program,
      FunctionRef callback,
      Descent.Reached reached,
      AccessPath object,
      String passed) {
    Set<AccessPath> paths = new Retrace(program).toStart(reached, object);
    return paths.size() == 1
        && Anchor.of(Contexts.of(program).body(callback), paths.iterator().next())
            .map(a -> a.narrowedTo(passed))
            .filter(a -> a.parameter() == 0 && !a.container().isEmpty())
            .filter(a -> Anchor.names(a.rest()).equals(a.container()))
            .isPresent();
  }
}
