// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.model.Api;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The name that a lock has everywhere in the tree: by struct and field, or by global variable. */
final class LockIdentity {
  private final Program program;
  private final Set<String> namedByModel = new HashSet<>();

  LockIdentity(Program program) {
    this.program = program;
    for (Api api : program.model().family("lock")) {
      Optional.ofNullable(api.texts().get("global")).ifPresent(namedByModel::add);
    }
  }

  /** The lock under its tree-wide identity; empty if its type is not known. */
  Optional<TypedLock> of(LockFacts.Held held, String file) {
    Location where = Location.of(file, held.position());
    TypedPath path = held.lock();
    boolean global = path.origin() == TypedPath.Origin.GLOBAL;
    TypedLock.Scope scope = global ? TypedLock.Scope.GLOBAL : TypedLock.Scope.PER_OBJECT;
    if (global && path.steps().isEmpty()) {
      return Optional.of(new TypedLock(global(path.root(), file), scope, held.mode(), where));
    }
    Optional<Types.Place> place = program.types().resolve(path, file);
    Optional<String> identity =
        held.subject() == HeldLock.Subject.OBJECT
            ? place.flatMap(p -> program.types().tag(p.type(), p.file())).map(t -> "struct " + t)
            : place.flatMap(Types.Place::field).map(FieldRef::toString);
    return identity.map(i -> new TypedLock(i, scope, held.mode(), where));
  }

  /** A static variable is told apart from others of its name; one that the model names is not. */
  private String global(String name, String file) {
    if (namedByModel.contains(name)) {
      return name;
    }
    return Globals.name(program, name, file);
  }
}
