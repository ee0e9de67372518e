// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who waits on which queue or completion and who wakes it, tree-wide, by the struct and field of
 * the queue, or by the name of a global one. What is reached through a pointer to a queue, or
 * stands on the stack, is not known by such a name.
 */
public final class WaitQueues {
  private static final String FAMILY = "wait";

  private static final Comparator<Use> IN_PATH_ORDER =
      Comparator.comparing(Use::function).thenComparing(u -> u.operation().position());

  private final Program program;

  /**
   * One use of a queue.
   *
   * @param api the row of what is called; empty if the queue's address goes to a function that the
   *     model does not know
   */
  public record Use(FunctionRef function, Operation operation, Optional<Api> api) {
    public Location location() {
      return Location.of(function.file(), operation.position());
    }

    /** Whether the row does one of these operations. */
    public boolean does(String... operations) {
      return api.filter(a -> a.does(FAMILY, operations)).isPresent();
    }

    /** Whether somebody who waits for it may go on. */
    public boolean wakes() {
      return does("wake", "complete");
    }

    /** How it is called, as people write it: {@code wake_up_all()}. */
    public String called() {
      return operation.api() + "()";
    }
  }

  private WaitQueues(Program program) {
    this.program = program;
  }

  /** The queues of a program. */
  public static WaitQueues of(Program program) {
    return program.memo(WaitQueues.class, () -> new WaitQueues(program));
  }

  /** What a function does with queues, in source order; without what is handed to others. */
  public List<Use> in(FunctionRef function) {
    List<Use> all = new ArrayList<>();
    for (Operation operation : program.operations(function)) {
      Optional<Api> api = api(operation);
      if (api.isPresent()) {
        all.add(new Use(function, operation, api));
      }
    }
    return all;
  }

  private Optional<Api> api(Operation operation) {
    return program.model().find(FAMILY, operation.api()).filter(api -> api.argument("queue") >= 0);
  }

  /** The queue that a use is of; empty if it is not known by a name. */
  public Optional<FieldRef> queue(Use use) {
    return queues(use).stream().findFirst();
  }

  /** The same; a call that the model does not know may hand on several. */
  private List<FieldRef> queues(Use use) {
    Operation operation = use.operation();
    Stream<Operand> named =
        use.api().isPresent()
            ? Stream.of(operation.operand(use.api().get().argument("queue")))
            : operation.operands().stream().filter(o -> o.form() == Operand.Form.ADDRESS);
    return named.flatMap(o -> queue(o, use.function()).stream()).distinct().toList();
  }

  private Optional<FieldRef> queue(Operand operand, FunctionRef function) {
    TypedPath path = operand.path();
    if (operand.form() != Operand.Form.ADDRESS && operand.form() != Operand.Form.LOAD) {
      return Optional.empty();
    }
    boolean behindPointer =
        !path.steps().isEmpty() && path.steps().get(path.steps().size() - 1) instanceof Step.Deref;
    if (behindPointer) {
      return Optional.empty();
    }
    return program
        .types()
        .resolve(path, function.file())
        .filter(this::isQueue)
        .flatMap(p -> p.field().isPresent() ? p.field() : global(path, function.file()));
  }

  /** Whether a place is a queue or a completion itself, not a pointer to one. */
  private boolean isQueue(Types.Place place) {
    return isQueue(place.type())
        || (place.type().kind() == CType.Kind.TYPEDEF
            && program
                .types()
                .expand(place.type(), place.file())
                .filter(p -> isQueue(p.type()))
                .isPresent());
  }

  private boolean isQueue(CType type) {
    return type.pointers() == 0 && program.model().does(type.name(), FAMILY, "type");
  }

  private Optional<FieldRef> global(TypedPath path, String file) {
    return path.origin() == TypedPath.Origin.GLOBAL
        ? Optional.of(new FieldRef("", Globals.name(program, path.root(), file)))
        : Optional.empty();
  }

  /**
   * All uses of a queue, in path order; what is handed to functions that the model does not know is
   * among them if the queue {@linkplain dev.pinion.analyzer.facts.FactExtractor#mayBeQueue has a
   * name} such as queues have.
   */
  public List<Use> of(FieldRef queue) {
    if (!queue.owner().isEmpty()) {
      return Synonyms.of(program).ofMember(queue.field()).stream()
          .flatMap(name -> byName(name).getOrDefault(queue, List.of()).stream())
          .distinct()
          .sorted(IN_PATH_ORDER)
          .toList();
    }
    int at = queue.field().indexOf('@');
    return at < 0
        ? byName("").getOrDefault(queue, List.of())
        : inFile(queue.field().substring(at + 1)).getOrDefault(queue, List.of());
  }

  private Map<FieldRef, List<Use>> byName(String name) {
    return program.settled(
        List.of("WaitQueues.byName", name),
        () ->
            byQueue(
                name.isEmpty()
                    ? Stream.concat(Look.operand("").in(program), waitsOnGlobals())
                    : Look.operand(name).in(program)));
  }

  /** {@code wait_event(queue, …)} spells a global queue without taking its address. */
  private Stream<OfFunction<Operation>> waitsOnGlobals() {
    List<OfFunction<Operation>> all = new ArrayList<>();
    for (Api api : program.model().family(FAMILY)) {
      if (api.does(FAMILY, "wait") && api.argument("condition") >= 0) {
        Look.operationsOf(api.name())
            .in(program)
            .filter(o -> isBare(o.item(), api))
            .forEach(all::add);
      }
    }
    return all.stream();
  }

  private static boolean isBare(Operation operation, Api api) {
    Operand queue = operation.operand(api.argument("queue"));
    return queue.form() == Operand.Form.LOAD
        && queue.path().origin() == TypedPath.Origin.GLOBAL
        && queue.path().steps().isEmpty();
  }

  private Map<FieldRef, List<Use>> inFile(String path) {
    return program.memo(
        List.of("WaitQueues.inFile", path),
        () -> byQueue(program.linked(path).operations().stream()));
  }

  private Map<FieldRef, List<Use>> byQueue(Stream<OfFunction<Operation>> operations) {
    Map<FieldRef, List<Use>> all = new HashMap<>();
    operations
        .filter(o -> api(o.item()).isPresent() || isHandedOn(o.item()))
        .map(o -> new Use(o.function(), o.item(), api(o.item())))
        .distinct()
        .forEach(
            use ->
                queues(use).forEach(q -> all.computeIfAbsent(q, x -> new ArrayList<>(2)).add(use)));
    return all;
  }

  private boolean isHandedOn(Operation operation) {
    return program.model().find("list", operation.api()).isEmpty()
        && program.model().find("lock", operation.api()).isEmpty();
  }
}
