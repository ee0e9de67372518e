// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which calls take an object off a list that lockless readers walk, keeping the readers going
 * ({@code list_del_rcu} and its like), directly or in a callee, which may have waited for a grace
 * period since.
 */
final class Unlinks {
  /** How many calls deep a removal may hide. */
  private static final int MAX_LEVELS = 2;

  private final Program program;

  /** How many calls deep this looks. */
  private final int levels;

  private Unlinks(Program program, int levels) {
    this.program = program;
    this.levels = levels;
  }

  static Unlinks of(Program program) {
    return new Unlinks(program, MAX_LEVELS);
  }

  /**
   * The files of functions that remove, or call someone by name who may, sorted. Facts alone say
   * that: a look into bodies, or at what readers hold, would hang on most of the tree.
   */
  Collection<String> files() {
    return program.memo("Unlinks.files", this::find);
  }

  private Collection<String> find() {
    Collection<FunctionRef> all = direct();
    Collection<FunctionRef> level = all;
    for (int i = 0; i < MAX_LEVELS; i++) {
      Collection<FunctionRef> above = new TreeSet<>();
      level.forEach(f -> above.addAll(program.functionsCalling(f.name())));
      above.removeAll(all);
      all.addAll(above);
      level = above;
    }
    return new TreeSet<>(all.stream().map(FunctionRef::file).toList());
  }

  /** The functions that remove themselves, sorted. */
  private Collection<FunctionRef> direct() {
    Collection<FunctionRef> all = new TreeSet<>();
    for (Api api : program.model().family("list")) {
      if (api.is("unlink")) {
        for (String path : program.files(Term.OPERATION, api.name())) {
          program.functionsIn(path).stream().filter(this::removes).forEach(all::add);
        }
      }
    }
    return all;
  }

  /** Whether the function removes, or calls someone who leaves something removed to it. */
  boolean areIn(FunctionRef function) {
    return program.memo(
        List.of("Unlinks.areIn", function, levels),
        () ->
            removes(function)
                || (levels > 0
                    && program.facts(function).callees().stream()
                        .flatMap(c -> program.resolve(c, function.file()).stream())
                        .anyMatch(new Unlinks(program, levels - 1)::leavesRemoved)));
  }

  private boolean leavesRemoved(FunctionRef callee) {
    return areIn(callee) && !summary(callee).isEmpty();
  }

  /** Whether the function removes itself. */
  private boolean removes(FunctionRef function) {
    RcuLists lists = RcuLists.of(program);
    return program.facts(function).operations().stream()
        .flatMap(
            o ->
                program.model().find("list", o.api()).filter(a -> a.is("unlink")).stream()
                    .map(a -> new ListUses.Use(a, function, o)))
        .anyMatch(use -> lists.nodeField(use).filter(lists::isContract).isPresent());
  }

  /** The objects a call takes off, by their canonical paths in the caller. */
  Map<String, Unlinked> by(FunctionRef caller, Typing typing, Instruction.Call call) {
    Optional<Unlinked> direct = direct(caller, call);
    if (direct.isPresent()) {
      int argument = direct.get().use().api().argument("node");
      return typing.canonical(call.arguments().get(argument)) instanceof Value.AddressOf node
          ? Map.of(node.path().holder().toString(), direct.get())
          : Map.of();
    }
    return call.name().isEmpty() || levels == 0
        ? Map.of()
        : new Unlinks(program, levels - 1).asCallee(caller, typing, call);
  }

  private Optional<Unlinked> direct(FunctionRef caller, Instruction.Call call) {
    if (!program.model().find("list", call.name()).filter(a -> a.is("unlink")).isPresent()) {
      return Optional.empty();
    }
    RcuLists lists = RcuLists.of(program);
    return program.facts(caller).operations().stream()
        .filter(o -> o.api().equals(call.name()) && o.position().equals(call.position()))
        .findFirst()
        .flatMap(
            o -> program.model().find("list", o.api()).map(a -> new ListUses.Use(a, caller, o)))
        .flatMap(
            u ->
                lists
                    .nodeField(u)
                    .filter(lists::isContract)
                    .map(f -> new Unlinked(u, f, call.position(), Position.UNKNOWN, Set.of())));
  }

  private Map<String, Unlinked> asCallee(FunctionRef caller, Typing typing, Instruction.Call call) {
    Optional<FunctionRef> callee = program.resolve(call.name(), caller.file()).filter(this::areIn);
    if (callee.isEmpty() || callee.get().equals(caller)) {
      return Map.of();
    }
    SortedMap<String, Unlinked> here = new TreeMap<>();
    summary(callee.get())
        .forEach(
            (parameter, unlinked) -> {
              if (parameter < call.arguments().size()
                  && typing.canonical(call.arguments().get(parameter)) instanceof Value.Load arg) {
                here.put(
                    arg.path().toString(),
                    new Unlinked(
                        unlinked.use(),
                        unlinked.field(),
                        call.position(),
                        unlinked.hasWaited() ? call.position() : Position.UNKNOWN,
                        Set.of()));
              }
            });
    return here;
  }

  /** The parameters whose objects the function may leave unlinked. */
  private Map<Integer, Unlinked> summary(FunctionRef function) {
    return program.memo(
        List.of("Unlinks.summary", function, levels), () -> computeSummary(function));
  }

  private Map<Integer, Unlinked> computeSummary(FunctionRef function) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<SortedMap<String, Unlinked>> solution =
        Solver.forward(body.function().cfg(), new Reclamation(program, function, body, this));
    Map<Integer, Unlinked> result = new TreeMap<>();
    List<Variable> parameters = body.function().parameters();
    for (BasicBlock block : body.function().cfg().blocks()) {
      if (!(block.terminator() instanceof Terminator.Return)) {
        continue;
      }
      SortedMap<String, Unlinked> atExit = solution.exit(block.id()).orElse(new TreeMap<>());
      for (int i = 0; i < parameters.size(); i++) {
        Unlinked unlinked = atExit.get(parameters.get(i).name());
        if (unlinked != null) {
          result.merge(i, unlinked, Unlinked::lessWaited);
        }
      }
    }
    return result;
  }
}
