// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.Optional;

/** Whether places in one function are a given field; a global variable is a field of nobody. */
record SlotField(Program program, FunctionRef function, FieldRef field) {

  private Contexts.Body body() {
    return Contexts.of(program).body(function);
  }

  boolean is(AccessPath path) {
    if (field.owner().isEmpty()) {
      return path.equals(AccessPath.variable(field.field()))
          && body().function().variable(path.root()).isEmpty();
    }
    return path.lastField().equals(field.field())
        && resolve(path).filter(field::equals).isPresent();
  }

  boolean is(Value value) {
    return value instanceof Value.Load load && is(load.path());
  }

  /** Whether the path is the field or leads through it. */
  boolean goesThrough(AccessPath path) {
    AccessPath canonical = body().typing().canonical(path);
    for (int i = 0; i <= canonical.steps().size(); i++) {
      if (is(new AccessPath(canonical.root(), canonical.steps().subList(0, i)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether some member named on the path is one of that struct. */
  boolean isIn(AccessPath path, String struct) {
    AccessPath canonical = body().typing().canonical(path);
    for (int i = 1; i <= canonical.steps().size(); i++) {
      AccessPath prefix = new AccessPath(canonical.root(), canonical.steps().subList(0, i));
      if (resolve(prefix).filter(f -> f.owner().equals(struct)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value is a pointer to that struct. */
  boolean pointsTo(Value value, String struct) {
    if (value instanceof Value.AddressOf address) {
      return tag(address.path()).filter(struct::equals).isPresent();
    }
    return value instanceof Value.Load load
        && (tag(load.path()).filter(struct::equals).isPresent()
            || tag(body().typing().canonical(load.path())).filter(struct::equals).isPresent());
  }

  private Optional<String> tag(AccessPath path) {
    return program
        .types()
        .resolve(body().typing().typed(path), function.file())
        .flatMap(p -> program.types().tag(p.type(), p.file()));
  }

  /**
   * Whether the place holds a pointer to some struct: a union of objects links what it stands for.
   */
  boolean holdsAny(Value.Load value) {
    return program
        .types()
        .resolve(body().typing().typed(value.path()), function.file())
        .filter(p -> p.type().kind() == CType.Kind.UNION && p.type().pointers() > 0)
        .isPresent();
  }

  /** Whether the place is a member of that struct. */
  boolean isMember(AccessPath path, String struct) {
    AccessPath member = path;
    while (!member.isVariable()
        && member.steps().get(member.steps().size() - 1) instanceof Step.Index) {
      member = member.parent();
    }
    return resolve(member).filter(f -> f.owner().equals(struct)).isPresent();
  }

  private Optional<FieldRef> resolve(AccessPath path) {
    return program
        .types()
        .resolve(body().typing().typed(body().typing().canonical(path)), function.file())
        .flatMap(Types.Place::field);
  }
}
