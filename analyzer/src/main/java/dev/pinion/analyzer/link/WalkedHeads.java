// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which lists lockless readers walk, by the tree-wide name of the head: for operations on a whole
 * list, which name no node. From facts alone, so a head that is passed in is not known.
 */
public final class WalkedHeads {
  private final Program program;

  private WalkedHeads(Program program) {
    this.program = program;
  }

  public static WalkedHeads of(Program program) {
    return program.memo(WalkedHeads.class, () -> new WalkedHeads(program));
  }

  /** The node field by which lockless readers walk the list with the use's head. */
  public Optional<FieldRef> field(ListUses.Use use) {
    return name(use)
        .flatMap(
            n ->
                program.settled(
                    List.of("WalkedHeads.field", n),
                    () -> byName().getOrDefault(n, List.of()).stream().findFirst()));
  }

  private SortedMap<String, List<FieldRef>> byName() {
    return program.settled(
        "WalkedHeads.byName",
        () -> {
          SortedMap<String, List<FieldRef>> all = new TreeMap<>();
          ListUses uses = ListUses.of(program);
          for (FieldRef field : RcuLists.of(program).contracts()) {
            for (ListUses.Use walk : uses.locklessReads(field)) {
              name(walk).ifPresent(n -> all.computeIfAbsent(n, h -> new ArrayList<>(1)).add(field));
            }
          }
          return all;
        });
  }

  private Optional<String> name(ListUses.Use use) {
    Operand head = use.operation().operand(use.api().argument("head"));
    TypedPath path = head.path();
    String file = use.function().file();
    if (head.form() != Operand.Form.ADDRESS) {
      return Optional.empty();
    }
    return path.origin() == TypedPath.Origin.GLOBAL
            && path.steps().stream().allMatch(s -> s instanceof Step.Index)
        ? Optional.of(Globals.name(program, path.root(), file))
        : program.types().resolve(path, file).flatMap(Types.Place::field).map(FieldRef::toString);
  }
}
