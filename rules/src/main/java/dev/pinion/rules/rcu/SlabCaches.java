// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Caches made with {@code SLAB_TYPESAFE_BY_RCU}: their memory stays memory of the same type for a
 * grace period after a free, so a reader that re-checks what it found is safe.
 */
final class SlabCaches {
  private static final String FLAG = "SLAB_TYPESAFE_BY_RCU";

  private static final List<String> CREATORS =
      List.of("kmem_cache_create", "kmem_cache_create_usercopy", "KMEM_CACHE");

  private final Program program;

  private SlabCaches(Program program) {
    this.program = program;
  }

  static SlabCaches of(Program program) {
    return new SlabCaches(program);
  }

  /** Where such caches are made, by the place that a cache ends up in. */
  private Map<String, Location> typesafe() {
    return program.settled(
        "SlabCaches.typesafe",
        () -> {
          Map<String, Location> all = new TreeMap<>();
          for (String creator : CREATORS) {
            program.functionsCalling(creator).forEach(f -> all.putAll(madeIn(f, creator)));
          }
          return all;
        });
  }

  /** Whether a function makes such a cache. */
  boolean isMadeIn(FunctionRef function) {
    return program.facts(function).callees().stream()
        .anyMatch(c -> CREATORS.contains(c) && !madeIn(function, c).isEmpty());
  }

  /** Whether a table of a file has the flag: somebody else makes the cache by what that says. */
  boolean isNamedIn(String path) {
    return program.globals(path).stream()
        .flatMap(g -> g.entries().stream())
        .anyMatch(e -> e.symbol().equals(FLAG));
  }

  /**
   * Whether all calls of that name in a function are made for such caches alone: behind a test of
   * the flag.
   */
  boolean isForThemAlone(FunctionRef function, String callee) {
    Function body = program.ir(function);
    List<Instruction.Call> calls = Calls.of(body, callee);
    return !calls.isEmpty()
        && calls.stream()
            .allMatch(
                c ->
                    SureConditions.before(body, c).stream()
                        .anyMatch(
                            t ->
                                t.operator() == Condition.Operator.NE
                                    && t.right().equals(Value.ZERO)
                                    && isTestOfFlag(t.left())));
  }

  private static boolean isTestOfFlag(Value value) {
    return value instanceof Value.Compound test
        && test.operator().equals("&")
        && test.operands().stream().anyMatch(SlabCaches::hasFlag);
  }

  private Map<String, Location> madeIn(FunctionRef ref, String creator) {
    return program.memo(
        List.of("SlabCaches", ref, creator),
        () -> {
          Map<String, Location> made = new TreeMap<>();
          Function function = program.ir(ref);
          for (Instruction.Call call : Calls.of(function, creator)) {
            if (call.arguments().stream().anyMatch(SlabCaches::hasFlag)) {
              place(function, call)
                  .ifPresent(p -> made.put(key(p), Location.of(ref.file(), call.position())));
            }
          }
          return made;
        });
  }

  /** Where the new cache ends up: the call's result, or what its temporary is copied to. */
  private static Optional<AccessPath> place(Function function, Instruction.Call call) {
    if (call.result().isEmpty() || !call.result().get().isTemporary()) {
      return call.result();
    }
    Value temporary = new Value.Load(call.result().get());
    return function.cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .filter(i -> i instanceof Instruction.Assign a && a.value().equals(temporary))
        .map(i -> ((Instruction.Assign) i).target())
        .findFirst();
  }

  private static boolean hasFlag(Value value) {
    if (value instanceof Value.Load load) {
      return load.path().root().equals(FLAG);
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(SlabCaches::hasFlag);
  }

  private static String key(AccessPath path) {
    return path.isVariable() ? path.root() : "." + path.lastField();
  }

  /** The excuse, if the call frees into such a cache. */
  Optional<Excuse> typesafe(Instruction.Call call) {
    Optional<Api> api = program.model().find("object", call.name());
    int cache = api.map(a -> a.argument("cache")).orElse(-1);
    if (cache < 0
        || cache >= call.arguments().size()
        || !(call.arguments().get(cache) instanceof Value.Load load)) {
      return Optional.empty();
    }
    return Optional.ofNullable(typesafe().get(key(load.path())))
        .map(
            where ->
                new Excuse(
                    "slab-typesafe-by-rcu",
                    "the cache keeps the memory's type for a grace period",
                    List.of(new Related(where, "created with " + FLAG))));
  }
}
