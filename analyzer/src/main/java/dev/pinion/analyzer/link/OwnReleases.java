// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.Api;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Releases that an object which embeds a counted one brings itself: {@code vdev->device.release =
 * f}, and the {@code release} of the type that an embedded kobject is made with.
 */
final class OwnReleases {
  private static final String RELEASE = "release";

  private final Program program;
  private final String tag;

  OwnReleases(Program program, String tag) {
    this.program = program;
    this.tag = tag;
  }

  /** The releases of what is embedded at, or around, the counter of that path. */
  Collection<FunctionRef> of(String counter) {
    Set<FunctionRef> all = new TreeSet<>();
    for (OpsTables.StoredFunction stored : OpsTables.of(program).storedFrom(bareTag(), RELEASE)) {
      TypedPath target = stored.target();
      int last = target.steps().size() - 1;
      if (last > 0
          && target.steps().get(last) instanceof Step.Dot
          && isAround(
              counter,
              new TypedPath(
                  target.origin(), target.root(), target.type(), target.steps().subList(0, last)),
              stored.file())) {
        program.resolve(stored.name(), stored.file()).ifPresent(all::add);
      }
    }
    for (Api api : program.model().family(CountingUses.COUNTERS)) {
      if (api.argument("type") >= 0) {
        program.functionsCalling(api.name()).stream()
            .filter(this::hasParameter)
            .forEach(f -> ofType(f, api, counter, all));
      }
    }
    return all;
  }

  private boolean isAround(String counter, TypedPath place, String file) {
    String path = CountEffects.pathText(place.steps());
    return !path.isEmpty()
        && (counter.equals(path) || counter.startsWith(path + "."))
        && isOfTag(place.type(), file);
  }

  private boolean hasParameter(FunctionRef function) {
    return program.facts(function).parameters().stream()
        .anyMatch(p -> isOfTag(p.type(), function.file()));
  }

  private String bareTag() {
    return new FieldRef(tag, "").tag();
  }

  /** Whether that is the struct; where its name is none of the struct's, no file has to tell. */
  private boolean isOfTag(CType type, String file) {
    return Synonyms.of(program).ofTag(bareTag()).contains(type.name())
        && program.types().tag(type, file).filter(tag::equals).isPresent();
  }

  /** {@code kobject_init(&dev->kobj, &device_ktype)}. */
  private void ofType(FunctionRef function, Api api, String counter, Set<FunctionRef> into) {
    Contexts.Body body = Contexts.of(program).body(function);
    for (Instruction.Call call : Calls.of(body.function(), api.name())) {
      Optional<Value.AddressOf> object = address(call, api.argument("arg"), body);
      Optional<Value.AddressOf> type = address(call, api.argument("type"), body);
      if (object.isPresent()
          && type.isPresent()
          && type.get().path().isVariable()
          && isAround(counter, body.typing().typed(object.get().path()), function.file())) {
        for (FileFacts.GlobalFacts table :
            program.globals(type.get().path().root(), function.file()).stream().limit(1).toList()) {
          table.entries().stream()
              .filter(e -> e.field().equals(RELEASE))
              .forEach(e -> program.resolve(e.symbol(), function.file()).ifPresent(into::add));
        }
      }
    }
  }

  private static Optional<Value.AddressOf> address(
      Instruction.Call call, int argument, Contexts.Body body) {
    return argument < call.arguments().size()
            && body.typing().canonical(call.arguments().get(argument)) instanceof Value.AddressOf a
        ? Optional.of(a)
        : Optional.empty();
  }
}
