// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import java.util.List;
import java.util.Optional;

/**
 * How a free that comes too early can wait for the readers: an object that has room for it is left
 * to RCU.
 *
 * @param object canonical path of the pointer that is freed
 * @param field by which the readers to wait for walk
 */
record LaterFree(
    Program program,
    FunctionRef function,
    Contexts.Body body,
    Instruction.Call call,
    String object,
    FieldRef field) {
  private static final String TITLE = "free it after a grace period";

  /**
   * @param how the free that was found
   */
  Fix fix(Frees.Chain how) {
    Optional<Api> free = program.model().find("object", call.name());
    Optional<String> later = free.map(a -> a.texts().getOrDefault("later", ""));
    if (!how.steps().isEmpty() || later.isEmpty() || later.get().isEmpty()) {
      return remark("synchronize_rcu() before this call, or call_rcu() to make it from a callback");
    }
    if (!NodeFate.onlyPlainRcu(program, field)) {
      return remark("it has readers of SRCU: synchronize_srcu() before this call, or call_srcu()");
    }
    Optional<String> part = freedPart();
    if (part.isPresent()) {
      return remark("'" + part.get() + "' is freed here too and has to wait as well: call_rcu()");
    }
    Optional<String> head = head(free.get().texts().getOrDefault("by", ""));
    if (head.isEmpty()) {
      return remark(
          "a member of type struct %s in it for %s(), or synchronize_rcu() before this call"
              .formatted(free.get().texts().getOrDefault("by", ""), later.get()));
    }
    return new Headers(program, function.file())
        .missing(later.get(), call.name(), free.get().texts().getOrDefault("from", ""))
        .map(LaterFree::remark)
        .orElseGet(() -> edit(later.get(), head.get()));
  }

  private Fix edit(String later, String head) {
    String freed = spelled();
    return Fix.complete(
        "free it with " + later + "()",
        List.of(
            new TextEdit(
                Location.of(function.file(), call.position()),
                call.name() + "(" + freed + ")",
                later + "(" + freed + ", " + head + ")")));
  }

  /** The argument as the function spells it, which need not be its canonical path. */
  private String spelled() {
    return call.arguments().get(0) instanceof Value.Load load
        ? load.path().spelled()
        : AccessPath.spelled(object);
  }

  private static Fix remark(String needs) {
    return Fix.remark(TITLE, needs);
  }

  /** Something that the object has and that this function frees: readers may be reading it. */
  private Optional<String> freedPart() {
    for (Instruction.Call other : Calls.of(body.function())) {
      Optional<Api> api =
          program
              .model()
              .find("object", other.name())
              .filter(a -> a.operation().equals("free") || a.operation().equals("put"));
      int argument = api.map(a -> a.argument("arg")).orElse(-1);
      if (argument >= 0
          && argument < other.arguments().size()
          && body.typing().canonical(other.arguments().get(argument)) instanceof Value.Load load
          && load.path().toString().startsWith(object + "->")) {
        return Optional.of(load.path().spelled());
      }
    }
    return Optional.empty();
  }

  /**
   * The member that RCU needs. One in a union is none: it may be in use by the readers.
   *
   * @param type tag of its struct
   */
  private Optional<String> head(String type) {
    Typing typing = body.typing();
    if (!(typing.canonical(call.arguments().get(0)) instanceof Value.Load load)) {
      return Optional.empty();
    }
    return program
        .types()
        .resolve(typing.typed(load.path()), function.file())
        .flatMap(p -> program.types().expand(p.type(), p.file()))
        .filter(p -> p.type().kind() == CType.Kind.STRUCT && p.type().pointers() == 1)
        .flatMap(this::definition)
        .flatMap(
            s ->
                s.members().stream()
                    .filter(m -> m.type().equals(CType.struct(type)) && !m.name().isEmpty())
                    .map(Declarations.Member::name)
                    .findFirst());
  }

  private Optional<Declarations.Struct> definition(Types.Place place) {
    return program.types().structs(place.type().name(), place.file()).stream()
        .findFirst()
        .map(Types.StructDefinition::struct);
  }
}
