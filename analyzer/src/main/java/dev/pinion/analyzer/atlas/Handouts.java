// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer.Execution;
import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.EntryPoints;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where and how functions' addresses are given away, and what is known of the calls that follow.
 */
final class Handouts {
  private static final String EXECUTION = "execution";

  private final Program program;

  Handouts(Program program) {
    this.program = program;
  }

  /** All of a function's, in path order. */
  SortedSet<Handout> of(FunctionRef function) {
    SortedSet<Handout> all = new TreeSet<>();
    OpsTables.of(program).escapesOf(function).forEach(e -> all.addAll(of(function, e)));
    return all;
  }

  /** Those by which the function's address leaves in that way. */
  List<Handout> of(FunctionRef function, OpsTables.Escape escape) {
    Execution execution = execution(escape);
    return places(function.name(), escape).stream()
        .map(
            place ->
                new Handout(
                    place,
                    escape.field().map(FieldRef::toString).orElse(""),
                    escape.table(),
                    escape.callee(),
                    escape.argument(),
                    execution))
        .sorted()
        .toList();
  }

  private List<Place> places(String name, OpsTables.Escape escape) {
    List<Place> places = new ArrayList<>();
    FileFacts file = program.file(escape.file());
    if (!escape.table().isEmpty()) {
      for (FileFacts.GlobalFacts g : file.globals()) {
        if (g.name().equals(escape.table())) {
          g.entries().stream()
              .filter(e -> e.symbol().equals(name) && isIn(escape.field(), e.field()))
              .forEach(e -> places.add(new Place(at(escape, e.position()), "")));
        }
      }
    } else if (escape.callee().isEmpty()) {
      for (FunctionFacts f : file.functions()) {
        f.functionStores().stream()
            .filter(s -> s.name().equals(name))
            .forEach(s -> places.add(new Place(at(escape, s.position()), f.name())));
      }
    } else {
      passed(name, escape, file, places);
    }
    return places;
  }

  private static boolean isIn(Optional<FieldRef> field, String entry) {
    return field.isEmpty()
        || entry.equals(field.get().field())
        || entry.endsWith("." + field.get().field())
        || entry.startsWith("#");
  }

  private void passed(String name, OpsTables.Escape escape, FileFacts file, List<Place> places) {
    for (Declarations.Invocation i : file.invocations()) {
      if (i.name().equals(escape.callee())
          && escape.argument() < i.arguments().size()
          && i.arguments().get(escape.argument()).equals(name)) {
        places.add(new Place(at(escape, i.position()), ""));
      }
    }
    for (FunctionRef f : program.functionsIn(escape.file())) {
      if (program.facts(f).references().stream().anyMatch(r -> is(r, escape, name))) {
        List<Instruction.Call> calls =
            Calls.of(program.ir(f), escape.callee()).stream()
                .filter(c -> mentions(c, escape.argument(), name))
                .toList();
        calls.forEach(c -> places.add(new Place(at(escape, c.position()), f.name())));
        if (calls.isEmpty()) {
          places.add(Place.of(f, program)); // Through a looked-up symbol or a local variable.
        }
      }
    }
  }

  private static boolean is(
      FunctionFacts.Reference reference, OpsTables.Escape escape, String name) {
    return reference.callee().equals(escape.callee())
        && reference.argument() == escape.argument()
        && reference.name().equals(name);
  }

  private static boolean mentions(Instruction.Call call, int argument, String name) {
    if (argument >= call.arguments().size()) {
      return false;
    }
    String text = call.arguments().get(argument).toString();
    return text.equals(name) || text.equals("&" + name);
  }

  private static Location at(OpsTables.Escape escape, Position position) {
    return Location.of(escape.file(), position);
  }

  /** What the model's rows say of calls that follow an escape. */
  Execution execution(OpsTables.Escape escape) {
    Optional<Api> row =
        escape.field().isPresent()
            ? field(escape.field().get())
            : program
                .model()
                .find(EXECUTION, escape.callee())
                .filter(a -> isAbout(a, escape.argument()));
    List<String> holds = new ArrayList<>();
    Optional<Api> core = EntryPoints.of(program).row(escape);
    Location where = Location.of(escape.file(), new Position(1, 1));
    core.flatMap(a -> EntryPoints.of(program).lock(a, escape, where))
        .map(TypedLock::identity)
        .ifPresent(holds::add);
    if (core.filter(a -> a.is("section")).isPresent()) {
      holds.add("rcu");
    }
    if (row.isEmpty()) {
      return holds.isEmpty() ? Execution.UNKNOWN : new Execution("", "", holds);
    }
    boolean threaded = escape.argument() >= 0 && row.get().argument("thread") == escape.argument();
    return new Execution(
        row.get().texts().getOrDefault("as", "") + (threaded ? "-thread" : ""),
        threaded ? "process" : row.get().texts().getOrDefault("runs", ""),
        holds);
  }

  private Optional<Api> field(FieldRef field) {
    return program
        .model()
        .find(EXECUTION, field.tag() + "." + field.field())
        .filter(a -> a.operation().equals("field"));
  }

  private static boolean isAbout(Api row, int argument) {
    return row.operation().equals("registrar")
        && (row.argument("arg") == argument || row.argument("thread") == argument);
  }
}
