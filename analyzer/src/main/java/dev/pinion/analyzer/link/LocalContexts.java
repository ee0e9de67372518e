// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Contexts.Assertions;
import dev.pinion.analyzer.link.Contexts.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What functions themselves hold at their instructions, under tree-wide names. At calls that stands
 * in their facts; a body is looked at where a wrapper takes a lock, which facts of one file cannot
 * know.
 */
final class LocalContexts {
  private final Program program;
  private final LockIdentity identity;
  private final Assertions assertions;

  LocalContexts(Program program, Assertions assertions) {
    this.program = program;
    this.identity = new LockIdentity(program);
    this.assertions = assertions;
  }

  /** What holds at all calls by which {@code caller} enters {@code function} that way. */
  LocalContext atCalls(FunctionRef caller, FunctionRef function, CallGraph.Way way) {
    return program.memo(
        List.of("atCalls", caller, function, way, assertions),
        () -> findAtCalls(caller, function, way));
  }

  private LocalContext findAtCalls(FunctionRef caller, FunctionRef function, CallGraph.Way way) {
    if (LockWrappers.of(program).areCalledIn(caller)) {
      Body body = Contexts.of(program).body(caller);
      return inBody(
          caller, i -> i instanceof Instruction.Call c && CallSites.isBy(way, function, body, c));
    }
    for (LockFacts.Region region : program.facts(caller).locks().regions()) {
      boolean here =
          way.path()
              .map(p -> region.indirect().contains(p))
              .orElse(region.callees().contains(way.spelled(function)));
      if (here) {
        return typed(caller.file(), region);
      }
    }
    return LocalContext.UNCHANGED;
  }

  /** What the function itself holds before every instruction that is wanted. */
  LocalContext inBody(FunctionRef ref, Predicate<Instruction> wanted) {
    if (program.facts(ref).locks().equals(LockFacts.NONE)
        && !LockWrappers.of(program).areCalledIn(ref)) {
      return LocalContext.UNCHANGED; // spares a parse
    }
    Body body = Contexts.of(program).body(ref);
    List<LocalContext> found = new ArrayList<>();
    if (body.locks().complete()) {
      body.locks()
          .forEach(
              (block, instruction, before) -> {
                if (wanted.test(instruction)) {
                  found.add(typed(ref.file(), body.typing(), before));
                }
              });
    }
    return body.locks().complete()
        ? found.stream().reduce(LocalContext::meet).orElse(LocalContext.UNCHANGED)
        : LocalContext.UNKNOWN;
  }

  private LocalContext typed(String file, LockFacts.Region region) {
    return typed(file, region.locks(), region.sections(), region.released(), region.left());
  }

  private LocalContext typed(String file, Typing typing, LockState state) {
    return typed(
        file,
        state.locks().values().stream().map(l -> fact(l, typing)).toList(),
        state.sections().values(),
        state.released().values().stream().map(l -> fact(l, typing)).toList(),
        state.left().keySet());
  }

  private static LockFacts.Held fact(HeldLock lock, Typing typing) {
    return LockFacts.Held.of(lock, typing);
  }

  private LocalContext typed(
      String file,
      Iterable<LockFacts.Held> locks,
      Iterable<Section> sections,
      Iterable<LockFacts.Held> released,
      Iterable<String> left) {
    Context held = new Context(new TreeMap<>(), new TreeMap<>());
    for (LockFacts.Held lock : locks) {
      if (lock.claim() == HeldLock.Claim.TAKEN || assertions == Assertions.BELIEVED) {
        identity
            .of(lock, file)
            .ifPresent(t -> held.locks().merge(t.identity(), t, TypedLock::weakest));
      }
    }
    for (Section section : sections) {
      held.sections().put(section.flavour(), Location.of(file, section.position()));
    }
    TreeSet<String> ended = new TreeSet<>();
    for (LockFacts.Held lock : released) {
      identity.of(lock, file).map(TypedLock::identity).ifPresent(ended::add);
      identity.others(lock, file).ifPresent(ended::add);
    }
    TreeSet<String> flavours = new TreeSet<>();
    left.forEach(flavours::add);
    return new LocalContext(held, ended, flavours);
  }
}
