// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Who does what with the nodes of which list, tree-wide, by the struct and field of the node. The
 * RCU contract of a list is read off this.
 */
public final class ListUses {
  /** One use of a node field. */
  public record Use(Api api, FunctionRef function, Operation operation) {
    public Location location() {
      return Location.of(function.file(), operation.position());
    }

    /** Whether a reader that takes no lock may stand here. */
    public boolean isLocklessRead() {
      return ListUses.isLocklessRead(api);
    }
  }

  private final Program program;

  /** All fields, sorted, and uses of unknown ones, in path order. */
  private record Table(List<FieldRef> fields, List<Use> unresolved) {}

  /** A use and its field. */
  private record Typed(Use use, Optional<FieldRef> field) {}

  /** Path order, and in a file by where they stand. */
  private static final Comparator<Typed> IN_FILE =
      Comparator.comparing((Typed t) -> t.use().function())
          .thenComparing(t -> t.use().operation().position());

  private ListUses(Program program) {
    this.program = program;
  }

  /** The uses of a program. */
  public static ListUses of(Program program) {
    return program.memo(ListUses.class, () -> new ListUses(program));
  }

  private Table table() {
    return program.settled("ListUses.table", this::collect);
  }

  private Table collect() {
    SortedSet<String> files = new TreeSet<>();
    for (Api api : program.model().family("list")) {
      files.addAll(program.files(Term.OPERATION, api.name()));
    }
    SortedSet<FieldRef> fields = new TreeSet<>();
    List<Use> unresolved = new ArrayList<>();
    for (String path : files) {
      List<Typed> typed = new ArrayList<>();
      names(path).forEach(name -> typed.addAll(in(path, name)));
      typed.sort(IN_FILE);
      for (Typed one : typed) {
        if (one.field().isPresent()) {
          fields.add(one.field().get());
        } else {
          unresolved.add(one.use());
        }
      }
    }
    return new Table(List.copyOf(fields), unresolved);
  }

  /** The names under which a file does something with nodes. */
  private Set<String> names(String path) {
    Set<String> names = new TreeSet<>();
    forEachUse(path, use -> names.add(name(use)));
    return names;
  }

  private Optional<Use> use(OfFunction<Operation> operation) {
    return program
        .model()
        .find("list", operation.item().api())
        .map(api -> new Use(api, operation.function(), operation.item()));
  }

  private void forEachUse(String path, Consumer<Use> action) {
    for (var operation : program.linked(path).operations()) {
      use(operation).ifPresent(action);
    }
  }

  /** What a file does with nodes under that name, as {@link #name} gives it; in source order. */
  private List<Typed> in(String path, String name) {
    return program.memo(
        List.of("ListUses.in", path, name),
        () -> {
          LinkedFile file = program.linked(path);
          return typed(
                  name.isEmpty() ? file.operations().stream() : file.all(Look.operand(name)), name)
              .toList();
        });
  }

  /** What a use calls its node field, whatever the struct; empty if it is of no field. */
  private static String name(Use use) {
    int member = use.api().argument("member");
    if (member >= 0) {
      Operand operand = use.operation().operand(member);
      return operand.form() == Operand.Form.LOAD ? FileTerms.bareName(operand.path()) : "";
    }
    Operand node = use.operation().operand(use.api().argument("node"));
    return node.form() == Operand.Form.ADDRESS ? FileTerms.lastMember(node.path().steps()) : "";
  }

  /** The uses of what files call by that name, by field. */
  private Map<FieldRef, List<Typed>> byName(String name) {
    return program.settled(
        List.of("ListUses.byName", name),
        () -> byField(typed(Look.operand(name).in(program), name)));
  }

  /** The uses of what files know as that member, as of {@link FileTerms#member}, by field. */
  private Map<FieldRef, List<Typed>> byMember(String member) {
    return program.settled(
        List.of("ListUses.byMember", member),
        () ->
            byField(
                typed(
                    Look.operandIn(member).in(program),
                    member.substring(member.lastIndexOf('.') + 1))));
  }

  /** The uses among operations that call their node field so. */
  private Stream<Typed> typed(Stream<OfFunction<Operation>> operations, String name) {
    return operations
        .flatMap(operation -> use(operation).stream())
        .filter(use -> name(use).equals(name))
        .map(use -> new Typed(use, nodeField(use)));
  }

  private static Map<FieldRef, List<Typed>> byField(Stream<Typed> uses) {
    Map<FieldRef, List<Typed>> all = new HashMap<>();
    uses.forEach(
        typed ->
            typed
                .field()
                .ifPresent(f -> all.computeIfAbsent(f, x -> new ArrayList<>(2)).add(typed)));
    return all;
  }

  /** The field that a use walks or changes nodes by; empty if the struct is not known. */
  public Optional<FieldRef> nodeField(Use use) {
    Api api = use.api();
    if (api.argument("member") >= 0) {
      return byMember(use);
    }
    Operand node = use.operation().operand(api.argument("node"));
    return node.form() == Operand.Form.ADDRESS
        ? program.types().resolve(node.path(), use.function().file()).flatMap(Types.Place::field)
        : Optional.empty();
  }

  private Optional<FieldRef> byMember(Use use) {
    Api api = use.api();
    String file = use.function().file();
    Operand member = use.operation().operand(api.argument("member"));
    if (member.form() != Operand.Form.LOAD) {
      return Optional.empty();
    }
    return entryType(use, file)
        .flatMap(p -> program.types().expand(p.type(), p.file()))
        .filter(p -> p.type().isAggregate())
        .flatMap(p -> program.types().memberOf(p.type().name(), p.file(), memberName(member)))
        .flatMap(Types.Place::field);
  }

  private static String memberName(Operand member) {
    StringBuilder name = new StringBuilder(member.path().root());
    for (Step step : member.path().steps()) {
      if (step instanceof Step.Dot dot) {
        name.append('.').append(dot.name());
      }
    }
    return name.toString();
  }

  private Optional<Types.Place> entryType(Use use, String file) {
    Operand type = use.operation().operand(use.api().argument("type"));
    if (type.form() == Operand.Form.TYPE) {
      return Optional.of(new Types.Place(type.path().type().base(), file, Optional.empty()));
    }
    Operand cursor = use.operation().operand(use.api().argument("cursor"));
    return cursor.form() == Operand.Form.LOAD
        ? program
            .types()
            .resolve(cursor.path(), file)
            .map(p -> new Types.Place(p.type().base(), p.file(), p.field()))
        : Optional.empty();
  }

  /**
   * Whether two uses of one node field may be about one list. A struct with a node may be embedded
   * in several others, {@code struct client { struct path p; }} and {@code struct server { struct
   * path p; }}; uses that name different outer structs are about different lists.
   */
  public boolean mayBeOneList(Use a, Use b) {
    Optional<String> left = outer(a);
    Optional<String> right = outer(b);
    return left.isEmpty() || right.isEmpty() || left.equals(right);
  }

  /** The struct in which the use sees the node embedded, with the way in; empty if it sees none. */
  private Optional<String> outer(Use use) {
    String file = use.function().file();
    if (use.api().argument("member") >= 0) {
      String member = memberName(use.operation().operand(use.api().argument("member")));
      return member.contains(".")
          ? entryType(use, file)
              .flatMap(p -> program.types().tag(p.type(), p.file()))
              .map(t -> t + "." + member)
          : Optional.empty();
    }
    TypedPath node = use.operation().operand(use.api().argument("node")).path();
    int last = node.steps().size();
    while (last > 0 && node.steps().get(last - 1) instanceof Step.Dot) {
      last--;
    }
    if (node.steps().size() - last < 1 || last == 0) {
      return Optional.empty();
    }
    StringBuilder member = new StringBuilder();
    if (node.steps().get(last - 1) instanceof Step.Arrow arrow) {
      member.append(arrow.name());
    }
    for (Step step : node.steps().subList(last, node.steps().size())) {
      member.append('.').append(((Step.Dot) step).name());
    }
    TypedPath holder =
        new TypedPath(node.origin(), node.root(), node.type(), node.steps().subList(0, last - 1));
    return program
        .types()
        .resolve(holder, file)
        .flatMap(p -> program.types().tag(p.type(), p.file()))
        .map(t -> t + "." + member);
  }

  /** All uses in a file, in source order. */
  public List<Use> in(String path) {
    List<Use> all = new ArrayList<>();
    forEachUse(path, all::add);
    return all;
  }

  /** All fields that are list nodes somewhere. */
  public Collection<FieldRef> fields() {
    return program.settled("ListUses.fields", () -> table().fields());
  }

  /** The uses of a field, in path order. */
  public List<Use> of(FieldRef field) {
    return program.settled(
        List.of("ListUses.of", field),
        () ->
            Synonyms.of(program).ofMember(field.field()).stream()
                .flatMap(name -> of(field, name))
                .sorted(IN_FILE)
                .map(Typed::use)
                .distinct()
                .toList());
  }

  private Stream<Typed> of(FieldRef field, String name) {
    return Synonyms.of(program)
        .members(name, field)
        .map(all -> all.stream().map(this::byMember))
        .orElseGet(() -> Stream.of(byName(name)))
        .flatMap(uses -> uses.getOrDefault(field, List.of()).stream());
  }

  /** The fields by which readers walk that take no lock, sorted. */
  List<FieldRef> locklesslyRead() {
    SortedSet<String> names = new TreeSet<>();
    SortedSet<String> files = new TreeSet<>();
    for (Api api : program.model().family("list")) {
      if (isLocklessRead(api)) {
        files.addAll(program.files(Term.OPERATION, api.name()));
      }
    }
    for (String path : files) {
      forEachUse(
          path,
          use -> {
            if (use.isLocklessRead()) {
              names.add(name(use));
            }
          });
    }
    SortedSet<FieldRef> fields = new TreeSet<>();
    names.forEach(name -> fields.addAll(locklesslyReadAs(name)));
    return List.copyOf(fields);
  }

  /**
   * Whether readers walk by that field that take no lock. Looks at files that have such readers.
   */
  boolean isLocklesslyRead(FieldRef field) {
    return Synonyms.of(program).ofMember(field.field()).stream()
        .anyMatch(name -> locklesslyReadAs(name).contains(field));
  }

  /** Whether readers that take no lock walk by some member of a struct. */
  boolean isLocklesslyRead(String owner) {
    return program.memo(
        List.of("ListUses.isLocklesslyRead", owner),
        () ->
            program.types().members(owner).stream()
                .flatMap(member -> Synonyms.of(program).ofMember(member).stream())
                .distinct()
                .flatMap(name -> locklesslyReadAs(name).stream())
                .anyMatch(field -> field.owner().equals(owner)));
  }

  /** The fields by which readers walk that take no lock, and call it so. */
  private Set<FieldRef> locklesslyReadAs(String name) {
    return program.memo(
        List.of("ListUses.locklesslyReadAs", name),
        () -> {
          Set<FieldRef> fields = new HashSet<>();
          for (Api api : program.model().family("list")) {
            if (isLocklessRead(api)) {
              typed(Look.operand(api.name(), name).in(program), name)
                  .forEach(typed -> typed.field().ifPresent(fields::add));
            }
          }
          return fields;
        });
  }

  /** Whether a reader that takes no lock may stand where that operation of the model does. */
  public static boolean isLocklessRead(Api api) {
    return api.is("rcu") && api.does("list", "walk", "peek");
  }

  /** Readers that take no lock. */
  public List<Use> locklessReads(FieldRef field) {
    return of(field).stream().filter(Use::isLocklessRead).toList();
  }

  /** List operations whose struct and field are not known: the ledger of what rules cannot see. */
  public List<Use> unresolved() {
    return List.copyOf(table().unresolved());
  }
}
