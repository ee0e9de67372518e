// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Origins;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.List;
import java.util.Optional;

/** Who wakes those who wait, as far as the tree shows all of it. */
final class UserWoken {
  private final Program program;

  UserWoken(Program program) {
    this.program = program;
  }

  /**
   * Whether who waits there may stand until a user does something: all uses of the queue are known,
   * somebody wakes it, and nobody does so by himself. Who wakes at the end of a user or a device
   * frees users' own processes; a thread of the kernel stands still until then.
   */
  boolean isUpToUsers(WaitQueues.Use wait) {
    Optional<FieldRef> queue = WaitQueues.of(program).queue(wait);
    List<WaitQueues.Use> uses =
        queue.map(WaitQueues.of(program)::of).orElse(List.of()).stream().toList();
    List<Origins.Origin> wakers =
        uses.stream()
            .filter(WaitQueues.Use::wakes)
            .flatMap(u -> Origins.of(program).deciding(u.function()).stream())
            .toList();
    boolean byUsers = wakers.stream().anyMatch(o -> o.kind() == Origins.Kind.USER);
    boolean byUsersAlone = wakers.stream().allMatch(o -> o.kind() == Origins.Kind.USER);
    return byUsers
        && uses.stream().allMatch(u -> u.api().isPresent())
        && wakers.stream().allMatch(o -> o.kind() == Origins.Kind.USER || o.isEnd())
        && (byUsersAlone || Origins.of(program).thread(wait.function()).isPresent());
  }

  /** Whether users make all of it happen. */
  boolean isOfUsers(WaitQueues.Use use) {
    List<Origins.Origin> origins = Origins.of(program).deciding(use.function());
    return !origins.isEmpty() && origins.stream().allMatch(o -> o.kind() == Origins.Kind.USER);
  }
}
