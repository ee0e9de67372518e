// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
  private final SortedMap<FieldRef, List<Use>> uses = new TreeMap<>();
  private final List<Use> unresolved = new ArrayList<>();

  private ListUses(Program program) {
    this.program = program;
    for (String path : program.paths()) {
      int index = 0;
      for (FunctionFacts f : program.file(path).functions()) {
        FunctionRef ref = new FunctionRef(path, index++, f.name());
        f.operations().forEach(o -> add(ref, o));
      }
    }
  }

  /** The uses of a program, collected once. */
  public static ListUses of(Program program) {
    return program.memo(ListUses.class, () -> new ListUses(program));
  }

  private void add(FunctionRef function, Operation operation) {
    Optional<Api> api = program.model().find("list", operation.api());
    if (api.isEmpty()) {
      return;
    }
    Use use = new Use(api.get(), function, operation);
    Optional<FieldRef> field = nodeField(use);
    if (field.isPresent()) {
      uses.computeIfAbsent(field.get(), f -> new ArrayList<>()).add(use);
    } else {
      unresolved.add(use);
    }
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
    return uses.keySet();
  }

  /** The uses of a field, in path order. */
  public List<Use> of(FieldRef field) {
    return uses.getOrDefault(field, List.of());
  }

  /** Readers that take no lock. */
  public List<Use> locklessReads(FieldRef field) {
    return of(field).stream().filter(Use::isLocklessRead).toList();
  }

  /** List operations whose struct and field are not known: the ledger of what rules cannot see. */
  public List<Use> unresolved() {
    return List.copyOf(unresolved);
  }
}
