// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Locks that a function says: {@code spin_lock(qdisc_lock(q))}. If its body only returns the
 * address of one member, the lock is that member; else it is what that function says, which is
 * enough to know it again where the same function is asked.
 */
final class LockAccessors {
  private static final String OPAQUE = "()";

  private final Program program;

  LockAccessors(Program program) {
    this.program = program;
  }

  /** Whether only a function knows which lock that is: it may have another identity as well. */
  static boolean isOpaque(String identity) {
    return identity.endsWith(OPAQUE);
  }

  /** The lock that a function's result points to; empty if the path is no such result. */
  Optional<String> identity(TypedPath path, String file) {
    boolean isResult =
        path.origin() == TypedPath.Origin.RESULT
            && path.steps().stream().allMatch(s -> s instanceof Step.Deref);
    return isResult
        ? program
            .resolve(path.root(), file)
            .map(f -> member(f).map(FieldRef::toString).orElse(f + OPAQUE))
        : Optional.empty();
  }

  private Optional<FieldRef> member(FunctionRef accessor) {
    return program.memo(List.of("LockAccessors", accessor), () -> findMember(accessor));
  }

  private Optional<FieldRef> findMember(FunctionRef accessor) {
    if (program.facts(accessor).returnType().pointers() != 1) {
      return Optional.empty();
    }
    Function body = program.ir(accessor);
    Typing typing = new Typing(body, program.model());
    Set<FieldRef> members = new TreeSet<>();
    for (BasicBlock block : body.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return end) {
        Optional<FieldRef> member =
            end.value()
                .map(typing::canonical)
                .filter(v -> v instanceof Value.AddressOf)
                .map(v -> typing.typed(((Value.AddressOf) v).path()))
                .flatMap(p -> program.types().resolve(p, accessor.file()))
                .flatMap(Types.Place::field);
        if (member.isEmpty()) {
          return member;
        }
        members.add(member.get());
      }
    }
    return members.size() == 1 ? members.stream().findFirst() : Optional.empty();
  }
}
