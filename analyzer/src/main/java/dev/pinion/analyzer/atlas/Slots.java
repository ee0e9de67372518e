// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer.Caller;
import dev.pinion.analyzer.atlas.CallsAnswer.OfSlot;
import dev.pinion.analyzer.atlas.CallsAnswer.Precision;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.CallGraph;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Members that functions are called through. */
final class Slots {
  /** With more calling functions than this their bodies are not read for the lines of the calls. */
  static final int MAX_BODIES = 200;

  private final Program program;

  Slots(Program program) {
    this.program = program;
  }

  OfSlot of(FieldRef field) {
    List<Place> implementations =
        OpsTables.of(program).implementations(field).stream()
            .map(f -> Place.of(f, program))
            .sorted()
            .toList();
    return new OfSlot(
        field.toString(), struct(field), implementations, List.copyOf(callers(field)));
  }

  private Location struct(FieldRef field) {
    int at = field.owner().indexOf('@');
    String file = at < 0 ? "" : field.owner().substring(at + 1);
    return program.types().structs(field.tag(), file).stream()
        .findFirst()
        .map(d -> Location.of(d.file(), d.struct().position()))
        .orElse(new Location("", 1, 1));
  }

  private boolean isThrough(TypedPath path, FieldRef field, String file) {
    return program
        .types()
        .resolve(path, file)
        .flatMap(Types.Place::field)
        .filter(field::equals)
        .isPresent();
  }

  private SortedSet<Caller> callers(FieldRef field) {
    List<FunctionRef> functions = CallGraph.of(program).callersThrough(field);
    SortedSet<Caller> all = new TreeSet<>();
    for (FunctionRef f : functions) {
      List<Caller> calls = functions.size() <= MAX_BODIES ? calls(f, field) : List.of();
      all.addAll(calls);
      if (calls.isEmpty()) {
        all.add(new Caller(Place.of(f, program), Precision.FUNCTION));
      }
    }
    return all;
  }

  private List<Caller> calls(FunctionRef ref, FieldRef field) {
    Function function = program.ir(ref);
    Typing typing = new Typing(function, program.model());
    List<Caller> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(function)) {
      if (call.callee() instanceof Instruction.Callee.Indirect through
          && isThrough(typing.typed(through.path()), field, ref.file())) {
        all.add(
            new Caller(
                new Place(Location.of(ref.file(), call.position()), ref.name()), Precision.CALL));
      }
    }
    return all;
  }

  /** The member that an indirect call goes through, seen from its function. */
  Optional<FieldRef> slot(Instruction.Callee.Indirect through, Typing typing, String file) {
    return through.path().isVariable()
        ? Optional.empty()
        : program.types().resolve(typing.typed(through.path()), file).flatMap(Types.Place::field);
  }
}
