// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.Counter;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Ownership;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Entries of lists that stay on them until their count has dropped to zero: who walks such a list
 * may meet one that is about to go.
 */
final class DyingEntries {
  private final Program program;

  DyingEntries(Program program) {
    this.program = program;
  }

  /**
   * A reference that is taken on what a walk is at.
   *
   * @param field the node by which it is walked
   * @param counter which is taken, and whose release removes the entry
   * @param removal that, and there is no other
   */
  record Entry(
      Program program,
      FunctionRef function,
      ListUses.Use walk,
      Instruction.Call get,
      FieldRef field,
      Counter counter,
      ListUses.Use removal) {

    /** Where the last reference is dropped. */
    private List<Location> drops() {
      List<Location> all = new ArrayList<>();
      counter.puts().forEach(put -> drops(put).forEach(o -> all.add(at(put, o))));
      return all;
    }

    private Stream<Operation> drops(FunctionRef put) {
      return program.operations(put).stream().filter(o -> row(o).isPresent());
    }

    private Optional<Api> row(Operation operation) {
      return program
          .model()
          .find("object", operation.api())
          .or(() -> program.model().find("counter", operation.api()))
          .filter(a -> a.operation().equals("put"));
    }

    private static Location at(FunctionRef put, Operation operation) {
      return Location.of(put.file(), operation.position());
    }

    /** The lock that is held when the entry is found and when it is removed. */
    Optional<TypedLock> lock() {
      Context finder = Contexts.of(program).at(function, get.position());
      Context remover = Contexts.of(program).at(removal.function(), removal.operation().position());
      return finder.locks().values().stream()
          .filter(l -> remover.locks().values().stream().anyMatch(l::excludes))
          .findFirst();
    }

    /** The drop under a lock that is held at the get as well, if all of them are. */
    Optional<Related> putUnderLock() {
      return Contexts.of(program).at(function, get.position()).locks().values().stream()
          .flatMap(l -> putUnder(l).stream())
          .findFirst();
    }

    private Optional<Related> putUnder(TypedLock lock) {
      Optional<Related> proof = Optional.empty();
      for (FunctionRef put : counter.puts()) {
        for (Operation o : drops(put).toList()) {
          boolean excluded =
              row(o).orElseThrow().is("locks")
                  || Contexts.of(program).at(put, o.position()).locks().values().stream()
                      .anyMatch(lock::excludes);
          if (!excluded) {
            return Optional.empty();
          }
          proof =
              Optional.of(
                  new Related(at(put, o), put.name() + "() drops the last one under the lock"));
        }
      }
      return proof;
    }

    /** Whether some put may hold a lock for all that is known, or is not seen at all. */
    boolean isUnsure() {
      return drops().isEmpty()
          || counter.puts().stream()
              .anyMatch(put -> drops(put).anyMatch(o -> mayLockBefore(put, o.position())));
    }

    private boolean mayLockBefore(FunctionRef put, Position drop) {
      for (Instruction.Call call : Calls.of(program.ir(put))) {
        if (call.position().compareTo(drop) < 0
            && program.model().find("lock", call.name()).isPresent()) {
          return true;
        }
      }
      return false;
    }

    List<Related> story() {
      List<Related> story = new ArrayList<>();
      story.add(
          new Related(
              walk.location(),
              function.name() + "() finds the entry with " + walk.api().name() + "()"));
      lock()
          .ifPresent(
              l ->
                  story.add(
                      new Related(
                          Location.of(function.file(), get.position()),
                          "it takes a reference under " + l.identity())));
      story.add(
          new Related(drops().get(0), "without that lock the count may become zero meanwhile"));
      story.add(
          new Related(
              removal.location(),
              removal.function().name()
                  + "() removes it only then, and nobody else does: the entry is still found"));
      return story;
    }
  }

  /** The files that have walks. */
  Collection<String> files() {
    Set<String> files = new TreeSet<>();
    for (Api api : program.model().family("list")) {
      if (api.does("list", "walk") && api.argument("member") >= 0) {
        files.addAll(program.files(Term.OPERATION, api.name()));
      }
    }
    return files;
  }

  /** Whether a function walks a list and takes a reference. */
  boolean mayFind(FunctionRef function) {
    return program.operations(function).stream().anyMatch(this::isWalk)
        && program.callees(function).stream().anyMatch(c -> Takers.TAKING.has(c, program));
  }

  private boolean isWalk(Operation operation) {
    return program
        .model()
        .find("list", operation.api())
        .filter(a -> a.does("list", "walk") && a.argument("member") >= 0)
        .isPresent();
  }

  /** The references that a function takes on such entries. */
  List<Entry> in(FunctionRef function) {
    if (!mayFind(function)) {
      return List.of();
    }
    List<Entry> all = new ArrayList<>();
    for (Operation o : program.operations(function)) {
      Optional<Api> api = program.model().find("list", o.api()).filter(a -> isWalk(o));
      if (api.isPresent()) {
        ListUses.Use use = new ListUses.Use(api.get(), function, o);
        Optional<FieldRef> field = ListUses.of(program).nodeField(use);
        Operand cursor = o.operand(api.get().argument("cursor"));
        List<Dying> dying = field.map(this::dying).orElse(List.of());
        if (!dying.isEmpty() && cursor.path().steps().isEmpty()) {
          AccessPath variable = AccessPath.variable(cursor.path().root());
          for (CountCall get : gets(function, variable)) {
            entry(use, get.call(), field.get(), dying).ifPresent(all::add);
          }
        }
      }
    }
    return all;
  }

  private List<CountCall> gets(FunctionRef function, AccessPath cursor) {
    List<CountCall> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(program.ir(function))) {
      if (Takers.TAKING.has(call.name(), program)) {
        CountCall.of(call, function, program)
            .filter(c -> c.effect() == CountEffect.GET)
            .filter(c -> c.variable().filter(cursor::equals).isPresent())
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<Entry> entry(
      ListUses.Use walk, Instruction.Call get, FieldRef field, List<Dying> dying) {
    return dying.stream()
        .filter(
            d ->
                d.counter().gets().stream().anyMatch(f -> f.name().equals(get.name()))
                    || program.model().find("object", get.name()).isPresent())
        .map(d -> new Entry(program, walk.function(), walk, get, field, d.counter(), d.removal()))
        .findFirst();
  }

  /** A counter whose last put removes the entry, and the first of the removals. */
  private record Dying(Counter counter, ListUses.Use removal) {}

  /** The counters of which the last put, and nothing else, removes the entry from such lists. */
  private List<Dying> dying(FieldRef field) {
    return program.settled(List.of(DyingEntries.class, field), () -> findDying(field));
  }

  private List<Dying> findDying(FieldRef field) {
    List<ListUses.Use> removals =
        ListUses.of(program).of(field).stream()
            .filter(u -> u.api().does("list", "delete", "delete-init", "move", "replace"))
            .toList();
    Optional<CountedObjects.Counted> plain = CountedObjects.of(program).counted(field.owner());
    // Facts alone show most of it; bodies are looked into for the few that are left.
    if (removals.isEmpty()
        || plain.isEmpty()
        || !areAllLast(removals, plain.get().releases(), plain.get().puts())) {
      return List.of();
    }
    return counters(field.owner()).stream()
        .filter(c -> areAllLast(removals, c.releases(), c.puts()))
        .map(c -> new Dying(c, removals.get(0)))
        .toList();
  }

  private boolean areAllLast(
      List<ListUses.Use> removals, Set<FunctionRef> releases, Set<FunctionRef> puts) {
    return removals.stream()
        .allMatch(
            r -> isOf(r.function(), releases) || (puts.contains(r.function()) && isBehindTest(r)));
  }

  /** Whether a function is one of the releases, or only they call it. */
  private boolean isOf(FunctionRef function, Set<FunctionRef> releases) {
    if (releases.contains(function)) {
      return true;
    }
    List<FunctionRef> callers = program.callersOf(function);
    return !callers.isEmpty() && releases.containsAll(callers);
  }

  /** Whether it comes in a put after the count has been seen to be zero. */
  private boolean isBehindTest(ListUses.Use removal) {
    return program.operations(removal.function()).stream()
        .anyMatch(
            o ->
                program
                        .model()
                        .find("object", o.api())
                        .or(() -> program.model().find("counter", o.api()))
                        .filter(a -> a.operation().equals("put") && a.is("test"))
                        .isPresent()
                    && o.position().compareTo(removal.operation().position()) < 0);
  }

  /** How a struct is counted; if bodies show nothing, what facts alone show. */
  private List<Counter> counters(String tag) {
    List<Counter> known = Ownership.of(program).counters(tag);
    return !known.isEmpty()
        ? known
        : CountedObjects.of(program).counted(tag).stream()
            .filter(c -> c.counters().size() == 1)
            .map(
                c ->
                    new Counter(
                        c.counters().first(),
                        c.gets(),
                        c.tryGets(),
                        new TreeSet<>(),
                        c.puts(),
                        c.releases()))
            .toList();
  }
}
