// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which functions an embedded object, a work item or a timer, calls back: as told where it is set
 * up, by the member or the global variable that it is.
 */
public final class Callbacks {
  private static final String FAMILY = "drain";

  /**
   * One set-up.
   *
   * @param api what sets it up
   * @param callback the function that will be called
   * @param location of the set-up
   */
  public record Start(Api api, FunctionRef callback, Location location)
      implements Comparable<Start> {
    private static final Comparator<Start> ORDER =
        Comparator.comparing(Start::location).thenComparing(Start::callback);

    /** What the object is: {@code work}, {@code timer}. */
    public String kind() {
      return api.texts().getOrDefault("as", "");
    }

    @Override
    public int compareTo(Start other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * All set-ups of an object that the tree shows.
   *
   * @param starts those whose function is known, in path order
   * @param complete whether it is known of all
   */
  public record SetUps(List<Start> starts, boolean complete) {
    private static final SetUps NONE = new SetUps(List.of(), true);

    public SetUps {
      starts = List.copyOf(starts);
    }

    private SetUps as(String kind) {
      return new SetUps(starts.stream().filter(s -> s.kind().equals(kind)).toList(), complete);
    }
  }

  private final Program program;
  private final Synonyms synonyms;

  private Callbacks(Program program) {
    this.program = program;
    this.synonyms = Synonyms.of(program);
  }

  public static Callbacks of(Program program) {
    return program.memo(Callbacks.class, () -> new Callbacks(program));
  }

  /** What a wait of that name is for; empty if it is none. */
  public static Optional<Api> wait(Program program, String name) {
    return program.model().find(FAMILY, name).filter(a -> a.does(FAMILY, "waits"));
  }

  /** The set-ups of the object that an operand names, of that kind; none if it is not known. */
  public SetUps of(Operand object, String kind, String file) {
    TypedPath path = object.path();
    if (object.form() != Operand.Form.ADDRESS) {
      return SetUps.NONE;
    }
    SetUps all =
        path.origin() == TypedPath.Origin.GLOBAL && path.steps().isEmpty()
            ? ofGlobal(path.root(), file)
            : program
                .types()
                .resolve(path, file)
                .flatMap(Types.Place::field)
                .map(this::ofField)
                .orElse(SetUps.NONE);
    return all.as(kind);
  }

  private SetUps ofField(FieldRef field) {
    return program.memo(
        List.of("Callbacks.ofField", field),
        () -> {
          List<OfFunction<Operation>> operations = operations(field, "starts").distinct().toList();
          List<Start> starts =
              operations.stream().flatMap(o -> start(o).stream()).distinct().sorted().toList();
          return new SetUps(starts, operations.stream().allMatch(o -> start(o).isPresent()));
        });
  }

  /** The operations of that kind on that member, in path order. */
  private Stream<OfFunction<Operation>> operations(FieldRef field, String kind) {
    Set<String> files = new TreeSet<>();
    synonyms
        .members(field.field(), field)
        .ifPresentOrElse(
            all -> all.forEach(m -> files.addAll(program.files(Term.OPERAND_IN, m))),
            () -> files.addAll(program.files(Term.OPERAND, field.field())));
    files.retainAll(filesWith(kind));
    return files.stream()
        .flatMap(path -> in(path, kind).stream())
        .filter(o -> isOn(o, kind, field));
  }

  /** The files in which something of that kind is done, whatever it is done to. */
  private Set<String> filesWith(String kind) {
    return program.memo(
        List.of("Callbacks.filesWith", kind),
        () -> {
          Set<String> all = new HashSet<>();
          for (Api api : program.model().family(FAMILY)) {
            if (api.does(FAMILY, kind)) {
              all.addAll(program.files(Term.OPERATION, api.name()));
            }
          }
          return all;
        });
  }

  /** What a file does of that kind. */
  private List<OfFunction<Operation>> in(String path, String kind) {
    return program.memo(
        List.of("Callbacks.in", path, kind),
        () -> {
          List<OfFunction<Operation>> all = new ArrayList<>();
          for (Api api : program.model().family(FAMILY)) {
            if (api.does(FAMILY, kind)) {
              all.addAll(program.operations(path, api.name()));
            }
          }
          return List.copyOf(all);
        });
  }

  private boolean isOn(OfFunction<Operation> operation, String kind, FieldRef field) {
    return row(operation.item().api(), kind)
        .map(api -> operation.item().operand(api.argument("at")).path())
        .filter(path -> FileTerms.lastMember(path.steps()).equals(field.field()))
        .flatMap(path -> program.types().resolve(path, operation.function().file()))
        .flatMap(Types.Place::field)
        .filter(field::equals)
        .isPresent();
  }

  private Optional<Start> start(OfFunction<Operation> operation) {
    String file = operation.function().file();
    return row(operation.item().api(), "starts")
        .flatMap(
            api ->
                callback(operation.item().operand(api.argument("callback")), file)
                    .map(c -> new Start(api, c, Location.of(file, operation.item().position()))));
  }

  /**
   * A place where the callback of the object is queued where it does not run while the system
   * sleeps; empty if there is none, or if it is not known which object it is.
   */
  public Optional<Location> freezes(Operand object, String file) {
    return program
        .types()
        .resolve(object.path(), file)
        .flatMap(Types.Place::field)
        .flatMap(
            field ->
                operations(field, "queues")
                    .filter(this::isOnFreezable)
                    .map(o -> Location.of(o.function().file(), o.item().position()))
                    .min(Comparator.naturalOrder()));
  }

  private boolean isOnFreezable(OfFunction<Operation> operation) {
    return row(operation.item().api(), "queues")
        .map(api -> operation.item().operand(api.argument("on")).path().root())
        .flatMap(name -> row(name, "freezable"))
        .isPresent();
  }

  private Optional<Api> row(String name, String kind) {
    return program.model().find(FAMILY, name).filter(a -> a.does(FAMILY, kind));
  }

  /** The function that an operand names; a variable may be any. */
  private Optional<FunctionRef> callback(Operand operand, String file) {
    TypedPath path = operand.path();
    return path.origin() == TypedPath.Origin.GLOBAL && path.steps().isEmpty()
        ? program.resolve(path.root(), file)
        : Optional.empty();
  }

  /** Of a global variable, in the file that uses it: there the tree sets most of them up. */
  private SetUps ofGlobal(String name, String file) {
    return program.memo(
        List.of("Callbacks.ofGlobal", name, file),
        () -> {
          List<Start> all = new ArrayList<>();
          for (Api api : program.model().family(FAMILY)) {
            if (api.does(FAMILY, "starts")) {
              program.invocations(file, api.name()).forEach(i -> declared(api, name, i, file, all));
              program.operations(file, api.name()).forEach(o -> started(o, name, all));
            }
          }
          return new SetUps(all.stream().distinct().sorted().toList(), true);
        });
  }

  private void declared(
      Api api, String name, Declarations.Invocation macro, String file, List<Start> into) {
    int callback = api.argument("callback");
    if (callback < macro.arguments().size()
        && macro.arguments().get(api.argument("at")).strip().equals(name)) {
      Position at = macro.position();
      program
          .resolve(macro.arguments().get(callback).strip(), file)
          .ifPresent(f -> into.add(new Start(api, f, Location.of(file, at))));
    }
  }

  private void started(OfFunction<Operation> operation, String name, List<Start> into) {
    Operation o = operation.item();
    String file = operation.function().file();
    Optional<Api> api = row(o.api(), "starts");
    TypedPath path = api.map(a -> o.operand(a.argument("at")).path()).orElse(TypedPath.NOWHERE);
    if (path.origin() == TypedPath.Origin.GLOBAL
        && path.steps().isEmpty()
        && path.root().equals(name)) {
      callback(o.operand(api.get().argument("callback")), file)
          .ifPresent(f -> into.add(new Start(api.get(), f, Location.of(file, o.position()))));
    }
  }
}
