// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CountedAnswer.Reach;
import dev.pinion.analyzer.atlas.CountedAnswer.ReachKind;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a release function comes to: in itself and in the functions it calls by name. */
final class ReleaseReach {
  private static final int MAX_DEPTH = 3;

  /** Past this many functions the rest is left out; the nearest come first. */
  private static final int MAX_FUNCTIONS = 120;

  private final Program program;
  private final KernelModel model;

  ReleaseReach(Program program) {
    this.program = program;
    this.model = program.model();
  }

  /** Sorted by depth, kind and name; each thing once, where it is met first. */
  List<Reach> of(FunctionRef release) {
    Map<String, Reach> found = new HashMap<>();
    Set<FunctionRef> seen = new HashSet<>(Set.of(release));
    List<FunctionRef> level = List.of(release);
    for (int depth = 0; depth <= MAX_DEPTH && !level.isEmpty(); depth++) {
      List<FunctionRef> next = new ArrayList<>();
      for (FunctionRef function : level) {
        visit(function, depth, found);
        for (String callee : program.facts(function).callees()) {
          if (!isPrimitive(callee) && seen.size() < MAX_FUNCTIONS) {
            program.resolve(callee, function.file()).filter(seen::add).ifPresent(next::add);
          }
        }
      }
      level = next;
    }
    return found.values().stream()
        .sorted(
            Comparator.comparingInt(Reach::depth)
                .thenComparing(Reach::kind)
                .thenComparing(Reach::what))
        .toList();
  }

  private boolean isPrimitive(String name) {
    return model.find("lock", name).isPresent()
        || model.find("rcu", name).isPresent()
        || model.find("list", name).isPresent()
        || model.find("object", name).isPresent();
  }

  private void visit(FunctionRef function, int depth, Map<String, Reach> found) {
    FunctionFacts facts = program.facts(function);
    if (facts.callees().stream().noneMatch(this::isPrimitive) && facts.indirectCalls().isEmpty()) {
      return;
    }
    Contexts.Body body = Contexts.of(program).body(function);
    for (Instruction.Call call : Calls.of(body.function())) {
      thing(function, body, call, depth)
          .ifPresent(r -> found.putIfAbsent(r.kind() + " " + r.what(), r));
    }
  }

  private Optional<Reach> thing(
      FunctionRef function, Contexts.Body body, Instruction.Call call, int depth) {
    Place place = new Place(Location.of(function.file(), call.position()), function.name());
    if (call.callee() instanceof Instruction.Callee.Indirect through) {
      return program
          .types()
          .resolve(body.typing().typed(through.path()), function.file())
          .flatMap(Types.Place::field)
          .map(f -> new Reach(ReachKind.SLOT, f.toString(), place, depth));
    }
    Optional<Api> lock = model.find("lock", call.name());
    if (lock.filter(a -> a.does("lock", "acquire")).isPresent()) {
      return lockName(lock.get(), call, body, function.file())
          .map(l -> new Reach(ReachKind.LOCK, l, place, depth));
    }
    return kind(call.name()).map(k -> new Reach(k, call.name() + "()", place, depth));
  }

  private Optional<ReachKind> kind(String name) {
    if (model.does(name, "rcu", "wait", "barrier")) {
      return Optional.of(ReachKind.GRACE_PERIOD);
    }
    if (model.does(name, "rcu", "defer-free", "callback")) {
      return Optional.of(ReachKind.DEFERRED_FREE);
    }
    if (model.does(name, "object", "free")) {
      return Optional.of(ReachKind.FREE);
    }
    boolean puts =
        model.does(name, "object", "unpin")
            || model
                .find("object", name)
                .filter(a -> a.does("object", "put") && !a.is("plain"))
                .isPresent();
    return puts ? Optional.of(ReachKind.PUT) : Optional.empty();
  }

  private Optional<String> lockName(
      Api api, Instruction.Call call, Contexts.Body body, String file) {
    String global = api.texts().get("global");
    int argument = api.argument("arg");
    if (global != null || argument < 0 || argument >= call.arguments().size()) {
      return Optional.ofNullable(global);
    }
    Value value = body.typing().canonical(call.arguments().get(argument));
    if (api.is("object") && value instanceof Value.Load load) {
      return program
          .types()
          .resolve(body.typing().typed(load.path()), file)
          .flatMap(p -> program.types().tag(p.type(), p.file()))
          .map(t -> "struct " + t);
    }
    if (!(value instanceof Value.AddressOf address)) {
      return Optional.empty();
    }
    TypedPath path = body.typing().typed(address.path());
    return path.origin() == TypedPath.Origin.GLOBAL && path.steps().isEmpty()
        ? Optional.of(path.root())
        : program.types().resolve(path, file).flatMap(Types.Place::field).map(FieldRef::toString);
  }
}
