// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The name that a lock has everywhere in the tree: by struct and field, by global variable, or by
 * the function that says which lock it is.
 */
final class LockIdentity {
  private final Program program;
  private final LockAccessors accessors;
  private final Set<String> namedByModel = new HashSet<>();

  LockIdentity(Program program) {
    this.program = program;
    this.accessors = new LockAccessors(program);
    for (Api api : program.model().family("lock")) {
      Optional.ofNullable(api.texts().get("global")).ifPresent(namedByModel::add);
    }
  }

  /** The lock under its tree-wide identity; empty if its type is not known. */
  Optional<TypedLock> of(LockFacts.Held held, String file) {
    Location where = Location.of(file, held.position());
    TypedPath path = held.lock();
    Optional<Types.Place> place = program.types().resolve(path, file);
    HeldLock.Mode mode = mode(held, place);
    String type = place.map(p -> type(p.type())).orElse("");
    if (path.origin() == TypedPath.Origin.GLOBAL && path.steps().isEmpty()) {
      String name = global(path.root(), file);
      return Optional.of(new TypedLock(name, TypedLock.Scope.GLOBAL, type, mode, where));
    }
    TypedLock.Scope scope =
        path.origin() == TypedPath.Origin.GLOBAL && !leavesItsObject(path)
            ? TypedLock.Scope.GLOBAL
            : TypedLock.Scope.PER_OBJECT;
    return place
        .flatMap(Types.Place::field)
        .map(FieldRef::toString)
        .or(() -> accessors.identity(path, file))
        .map(name -> new TypedLock(name, scope, type, mode, where));
  }

  /**
   * What a lock that is given back may be, other than the one of its own identity: {@link
   * LocalContext#any} lock of its type if nobody knows, or if only a function does; empty if it is
   * known.
   */
  Optional<String> others(LockFacts.Held held, String file) {
    Optional<TypedLock> known = of(held, file);
    if (known.isPresent() && !LockAccessors.isOpaque(known.get().identity())) {
      return Optional.empty();
    }
    return Optional.of(
        LocalContext.any(
            program
                .types()
                .resolve(held.lock(), file)
                .map(p -> type(p.type()))
                .orElseGet(() -> pointedTo(held.lock()))));
  }

  /** What a bare pointer points to, though its typedef is not known. */
  private static String pointedTo(TypedPath path) {
    return path.type().pointers() == 1
            && path.steps().size() == 1
            && path.steps().get(0) instanceof Step.Deref
        ? path.type().name()
        : "";
  }

  /**
   * The name of the type that a lock is of; empty if it is not known. Lock types are called by one
   * name each: typedefs of them are not followed.
   */
  static String type(CType type) {
    return type.pointers() > 0 ? "" : type.name();
  }

  /** What is asserted does not say how it is held; a mutex is held exclusively all the same. */
  private HeldLock.Mode mode(LockFacts.Held held, Optional<Types.Place> place) {
    boolean onlyExclusive =
        place
            .filter(p -> program.model().does("type(" + p.type().name() + ")", "lock", "type"))
            .isPresent();
    return onlyExclusive ? HeldLock.Mode.EXCLUSIVE : held.mode();
  }

  private static boolean leavesItsObject(TypedPath path) {
    return path.steps().stream().anyMatch(s -> s instanceof Step.Arrow || s instanceof Step.Deref);
  }

  /** A static variable is told apart from others of its name; one that the model names is not. */
  private String global(String name, String file) {
    if (namedByModel.contains(name)) {
      return name;
    }
    return Globals.name(program, name, file);
  }
}
