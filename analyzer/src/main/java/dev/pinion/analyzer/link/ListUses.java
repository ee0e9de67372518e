// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
      return api.is("rcu") && api.does("list", "walk", "peek");
    }
  }

  private final Program program;

  /** What is known of all lists; sorted by field, uses in path order. */
  private record Table(SortedMap<FieldRef, List<Use>> uses, List<Use> unresolved) {}

  /** A use and its field. */
  private record Typed(Use use, Optional<FieldRef> field) {}

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
    Table table = new Table(new TreeMap<>(), new ArrayList<>());
    for (String path : files) {
      for (Typed typed : in(path)) {
        List<Use> uses =
            typed.field().isPresent()
                ? table.uses().computeIfAbsent(typed.field().get(), f -> new ArrayList<>(2))
                : table.unresolved();
        uses.add(typed.use());
      }
    }
    return table;
  }

  private List<Typed> in(String path) {
    return program.memo(
        List.of("ListUses.in", path),
        () -> {
          List<Typed> all = new ArrayList<>();
          for (FunctionRef function : program.functionsIn(path)) {
            for (Operation operation : program.facts(function).operations()) {
              program
                  .model()
                  .find("list", operation.api())
                  .map(api -> new Use(api, function, operation))
                  .ifPresent(use -> all.add(new Typed(use, nodeField(use))));
            }
          }
          return List.copyOf(all);
        });
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

  /** All fields that are list nodes somewhere. */
  public Collection<FieldRef> fields() {
    return program.settled("ListUses.fields", () -> List.copyOf(table().uses().keySet()));
  }

  /** The uses of a field, in path order. */
  public List<Use> of(FieldRef field) {
    return program.settled(
        List.of("ListUses.of", field), () -> table().uses().getOrDefault(field, List.of()));
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
