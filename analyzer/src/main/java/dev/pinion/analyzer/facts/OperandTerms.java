// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Under which members an operation is found, and of which structs these are as far as its file
 * tells: {@code &x->node} names a member of what {@code x} points to, and {@code
 * list_for_each_entry(pos, head, node)} one of what {@code pos} points to.
 */
final class OperandTerms {
  private OperandTerms() {}

  /** Takes a member. */
  interface Sink {
    /**
     * Takes one member; some come several times.
     *
     * @param name empty for an operand that has none
     * @param owner the tag of its struct, or empty text if only other files can tell; nothing if it
     *     is no member of any
     */
    void put(String name, Optional<String> owner);
  }

  static void forEach(Operation operation, Sink sink) {
    Set<String> cursors = new TreeSet<>();
    for (Operand operand : operation.operands()) {
      cursor(operand).ifPresent(cursors::add);
    }
    for (Operand operand : operation.operands()) {
      boolean isAddress = operand.form() == Operand.Form.ADDRESS;
      if (isAddress || operand.form() == Operand.Form.LOAD) {
        addMembers(operand.path(), sink);
      }
      if (isAddress && FileTerms.lastMember(operand.path().steps()).isEmpty()) {
        sink.put("", Optional.empty());
      } else if (operand.form() == Operand.Form.LOAD) {
        addBare(operand.path(), cursors, sink);
      }
    }
  }

  /** Goes through the structs and typedefs of objects that an operation is on. */
  static void forEachType(Operation operation, FunctionFacts function, Consumer<String> sink) {
    for (Operand operand : operation.operands()) {
      TypedPath path = operand.path();
      boolean isAddress = operand.form() == Operand.Form.ADDRESS;
      if (path.origin() != TypedPath.Origin.VARIABLE
          || (!isAddress && operand.form() != Operand.Form.LOAD)) {
        continue;
      }
      if (isAddress) {
        put(path.type(), sink);
      }
      if (isAddress || path.steps().isEmpty()) {
        function.parameters().stream()
            .filter(p -> p.name().equals(path.root()))
            .forEach(p -> put(p.type(), sink));
      }
    }
  }

  private static void put(CType type, Consumer<String> sink) {
    if (FileTerms.isNamed(type)) {
      sink.accept(type.name());
    }
  }

  /** The members that a path leads through. */
  private static void addMembers(TypedPath path, Sink sink) {
    Optional<String> owner = first(path);
    for (Step step : path.steps()) {
      Optional<String> name = FileTerms.memberName(step);
      if (name.isPresent()) {
        sink.put(name.get(), owner);
        owner = owner.map(o -> "");
      }
    }
  }

  /** What may be the name of a member of what a cursor points to. */
  private static void addBare(TypedPath path, Set<String> cursors, Sink sink) {
    String name = FileTerms.bareName(path);
    if (cursors.isEmpty()) {
      sink.put(name, Optional.empty());
    }
    boolean isDotted = !name.equals(path.root());
    cursors.forEach(c -> sink.put(name, Optional.of(isDotted ? "" : c)));
  }

  /** Of what struct the first member on a path is. */
  private static Optional<String> first(TypedPath path) {
    return switch (path.origin()) {
      case VARIABLE -> FileTerms.owner(path.type());
      case GLOBAL, RESULT -> Optional.of("");
      case UNKNOWN -> Optional.empty();
    };
  }

  /** Of what struct a member is that is looked for in what the operand is, or points to. */
  private static Optional<String> cursor(Operand operand) {
    TypedPath path = operand.path();
    return switch (operand.form()) {
      case TYPE -> FileTerms.owner(path.type());
      case LOAD -> path.steps().isEmpty() ? first(path) : first(path).map(o -> "");
      case ADDRESS, TEXT, OTHER -> Optional.empty();
    };
  }
}
