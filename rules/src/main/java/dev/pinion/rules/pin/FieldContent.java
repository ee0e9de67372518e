// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all of the tree does with the pointer in one field. */
final class FieldContent {
  /** More files than this are not read: the field is then no one's business in particular. */
  private static final int MAX_FILES = 40;

  /** What is done. */
  enum Act {
    /** Something behind the pointer is read, written or called. */
    DEREFERENCE,
    /** Given to a function of the tree that only uses it. */
    PASS,
    /** Given to a function that takes a reference on it. */
    GET,
    /** Given to one that drops a reference. */
    PUT,
    /** Given to somebody unknown. */
    PASS_UNKNOWN,
    /** Set to NULL. */
    CLEAR,
    /** Set to something. */
    SET
  }

  /** One thing that is done. */
  record Use(FunctionRef function, Instruction instruction, Act act) {
    Location location() {
      return Location.of(function.file(), instruction.position());
    }

    boolean isUse() {
      return act == Act.DEREFERENCE || act == Act.PASS;
    }
  }

  private final Program program;
  private final FieldRef field;
  private final List<Use> uses = new ArrayList<>();

  private FieldContent(Program program, FieldRef field) {
    this.program = program;
    this.field = field;
  }

  /** All acts on the field's content; empty if too many files name such a field to look at. */
  static Optional<List<Use>> of(Program program, FieldRef field) {
    return program.memo(List.of("fieldContent", field), () -> collect(program, field));
  }

  private static Optional<List<Use>> collect(Program program, FieldRef field) {
    List<String> files = StructViewers.of(program, field);
    if (files.size() > MAX_FILES) {
      return Optional.empty();
    }
    FieldContent content = new FieldContent(program, field);
    for (String file : files) {
      program.functionsIn(file).forEach(content::read);
    }
    return Optional.of(List.copyOf(content.uses));
  }

  private void read(FunctionRef ref) {
    Contexts.Body body = Contexts.of(program).body(ref);
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        read(ref, body, instruction);
      }
      if (block.terminator() instanceof Terminator.Branch branch) {
        Instruction at =
            new Instruction.Assign(
                AccessPath.variable("%"), branch.condition().left(), branch.position());
        through(ref, body, branch.condition().left(), at);
        through(ref, body, branch.condition().right(), at);
      } else if (block.terminator() instanceof Terminator.Return r) {
        r.value()
            .ifPresent(
                v ->
                    through(
                        ref,
                        body,
                        v,
                        new Instruction.Assign(AccessPath.variable("%"), v, r.position())));
      }
    }
  }

  private void read(FunctionRef ref, Contexts.Body body, Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      if (!assign.target().isVariable() && isField(ref, body, assign.target())) {
        boolean clears = assign.value().equals(Value.ZERO);
        uses.add(new Use(ref, instruction, clears ? Act.CLEAR : Act.SET));
      } else {
        through(ref, body, assign.target(), instruction);
      }
      through(ref, body, assign.value(), instruction);
      return;
    }
    Instruction.Call call = (Instruction.Call) instruction;
    if (call.callee() instanceof Instruction.Callee.Indirect indirect) {
      through(ref, body, indirect.path(), instruction);
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      Value value = body.typing().canonical(call.arguments().get(i));
      if (value instanceof Value.Load load && isField(ref, body, load.path())) {
        uses.add(new Use(ref, instruction, act(ref, call, i)));
      } else {
        through(ref, body, value, instruction);
      }
    }
  }

  private Act act(FunctionRef ref, Instruction.Call call, int argument) {
    Optional<CountEffect> effect =
        CountEffects.of(program).effect(call.name(), argument, ref.file());
    if (effect.isPresent()) {
      return effect.get() == CountEffect.PUT ? Act.PUT : Act.GET;
    }
    return program.resolve(call.name(), ref.file()).isPresent() ? Act.PASS : Act.PASS_UNKNOWN;
  }

  private void through(FunctionRef ref, Contexts.Body body, Value value, Instruction at) {
    if (value instanceof Value.Load load) {
      through(ref, body, load.path(), at);
    } else if (value instanceof Value.AddressOf address) {
      through(ref, body, address.path(), at);
    } else if (value instanceof Value.Compound compound) {
      compound.operands().forEach(o -> through(ref, body, o, at));
    } else if (value instanceof Value.ContainerOf entry) {
      through(ref, body, entry.inner(), at);
    }
  }

  /** Whether the path goes through the field and on. */
  private void through(FunctionRef ref, Contexts.Body body, AccessPath path, Instruction at) {
    AccessPath canonical = body.typing().canonical(path);
    for (int i = 1; i < canonical.steps().size(); i++) {
      boolean goesOn =
          canonical.steps().get(i) instanceof Step.Arrow
              || canonical.steps().get(i) instanceof Step.Deref;
      AccessPath prefix = new AccessPath(canonical.root(), canonical.steps().subList(0, i));
      if (goesOn && isField(ref, body, prefix)) {
        uses.add(new Use(ref, at, Act.DEREFERENCE));
        return;
      }
    }
  }

  private boolean isField(FunctionRef ref, Contexts.Body body, AccessPath path) {
    AccessPath canonical = body.typing().canonical(path);
    if (!canonical.lastField().equals(field.field())) {
      return false;
    }
    TypedPath typed = body.typing().typed(canonical);
    return program
        .types()
        .resolve(typed, ref.file())
        .flatMap(Types.Place::field)
        .filter(field::equals)
        .isPresent();
  }
}
