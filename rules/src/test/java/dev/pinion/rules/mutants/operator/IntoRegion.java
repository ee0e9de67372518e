// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Takings;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Moves a statement that stands right outside of a locked region into it. */
final class IntoRegion {
  private final Site site;

  IntoRegion(Site site) {
    this.site = site;
  }

  /**
   * An end of a region that nothing but straight code parts from the statement.
   *
   * @param path canonical in the function's names; empty if the lock has no place
   * @param call what gives the lock back before the statement, or takes it behind
   * @param isBefore which of these
   */
  record Edge(TypedLock lock, Optional<AccessPath> path, Instruction.Call call, boolean isBefore) {}

  /**
   * The mutants of a call that is a statement of its own: one for each region beside it in which it
   * does harm.
   *
   * @param harm what the lock has to do with it, in a few words; empty if nothing
   * @param known what is known of a site beforehand
   */
  List<Mutant> mutants(
      String operator,
      Instruction.Call statement,
      Function<Edge, Optional<String>> harm,
      Function<Edge, Mutant.Known> known) {
    List<Mutant> all = new ArrayList<>();
    for (Edge edge : edges(statement)) {
      Optional<String> because = harm.apply(edge);
      if (because.isPresent()) {
        mutant(operator, statement, edge, because.get(), known.apply(edge)).ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<Mutant> mutant(
      String operator, Instruction.Call statement, Edge edge, String because, Mutant.Known known) {
    Source source = site.source();
    Optional<Source.Spelled> moved = site.statement(statement);
    Optional<Source.Spelled> other = site.statement(edge.call());
    if (moved.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Source.Spelled call = moved.get();
    // On one line, so that all others stay where they are.
    String text = source.text(call.start(), call.end()).replaceAll("\\s+", " ") + ";";
    int behind = source.skipBlanks(other.get().end()) + 1;
    Source.Edit there =
        edge.isBefore()
            ? new Source.Edit(other.get().start(), other.get().start(), text + " ")
            : new Source.Edit(behind, behind, " " + text);
    return Optional.of(
        site.mutant(
            operator,
            source.line(other.get().start()),
            statement.name()
                + (edge.isBefore() ? "() before " : "() behind ")
                + source.text(other.get().start(), other.get().end()).replaceAll("\\s+", " ")
                + ", "
                + because,
            List.of(there, new Source.Edit(call.start(), call.end(), "(void)0")),
            known));
  }

  private List<Edge> edges(Instruction.Call statement) {
    List<BasicBlock> blocks = site.program().ir(site.function()).cfg().of(statement);
    if (blocks.size() != 1) {
      return List.of();
    }
    List<Instruction> all = blocks.get(0).instructions();
    int at = all.indexOf(statement);
    List<Edge> edges = new ArrayList<>();
    for (int i = at - 1; i >= 0; i--) {
      if (is(all.get(i), "release")) {
        released((Instruction.Call) all.get(i)).ifPresent(edges::add);
        break;
      }
      if (isInTheWay(all.get(i), statement)) {
        break;
      }
    }
    for (int i = at + 1; i < all.size(); i++) {
      if (is(all.get(i), "acquire")) {
        acquired((Instruction.Call) all.get(i)).ifPresent(edges::add);
        break;
      }
      if (isInTheWay(all.get(i), statement)) {
        break;
      }
    }
    return edges;
  }

  private boolean is(Instruction instruction, String operation) {
    return row(instruction).filter(r -> r.operation().equals(operation)).isPresent();
  }

  private Optional<Api> row(Instruction instruction) {
    return instruction instanceof Instruction.Call call
            && call.kind() == Instruction.CallKind.ORDINARY
        ? site.program().model().find("lock", call.name())
        : Optional.empty();
  }

  /** Another lock, or what changes or uses what the statement works on. */
  private boolean isInTheWay(Instruction instruction, Instruction.Call statement) {
    Predicate<AccessPath> shares =
        path -> statement.arguments().stream().anyMatch(a -> root(a).equals(path.root()));
    if (instruction instanceof Instruction.Assign assign) {
      return shares.test(assign.target());
    }
    Instruction.Call call = (Instruction.Call) instruction;
    return row(instruction).isPresent()
        || call.result().filter(shares).isPresent()
        || call.arguments().stream().anyMatch(a -> shares.test(AccessPath.variable(root(a))));
  }

  private static String root(Value value) {
    return value instanceof Value.Load load
        ? load.path().root()
        : value instanceof Value.AddressOf address ? address.path().root() : "";
  }

  private Optional<Edge> released(Instruction.Call unlock) {
    Optional<AccessPath> path = place(unlock);
    String global = row(unlock).map(r -> r.texts().getOrDefault("global", "")).orElse("");
    return LockPlaces.of(site.program()).at(site.function(), unlock).stream()
        .filter(
            h ->
                path.isPresent()
                    ? h.path().equals(path)
                    : !global.isEmpty() && h.lock().identity().equals(global))
        .findFirst()
        .map(h -> new Edge(h.lock(), path, unlock, true));
  }

  private Optional<Edge> acquired(Instruction.Call lock) {
    Program program = site.program();
    return Takings.of(program).in(site.function()).keySet().stream()
        .flatMap(name -> LockPlaces.of(program).taken(site.function(), name).stream())
        .filter(t -> t.call().equals(lock))
        .findFirst()
        .map(t -> new Edge(t.lock(), t.path(), lock, false));
  }

  /** What the argument points to. */
  private Optional<AccessPath> place(Instruction.Call unlock) {
    int argument = row(unlock).map(r -> r.argument("arg")).orElse(-1);
    return argument >= 0
            && argument < unlock.arguments().size()
            && site.canonical(unlock.arguments().get(argument)) instanceof Value.AddressOf address
        ? Optional.of(address.path())
        : Optional.empty();
  }
}
