// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;

/**
 * A module that pins itself while one of its tables is in use: its code takes a reference on {@code
 * THIS_MODULE}, and a function that stands in the table gives one back.
 */
record HandPin(Program program) {
  private static final String SELF = "THIS_MODULE";

  /** The two places; empty if the module leaves that to the core. */
  Optional<List<Related>> of(OwnerTables.Table table) {
    Optional<Related> put =
        table.global().entries().stream()
            .map(FileFacts.TableEntry::symbol)
            .flatMap(s -> program.resolve(s, table.file()).stream())
            .filter(f -> f.file().equals(table.file()))
            .flatMap(f -> self(f, "unpin", "() gives back a reference on the module").stream())
            .findFirst();
    if (put.isEmpty()) {
      return Optional.empty();
    }
    return program.functionsIn(table.file()).stream()
        .flatMap(f -> self(f, "pin", "() takes one before").stream())
        .findFirst()
        .map(get -> List.of(put.get(), get));
  }

  private Optional<Related> self(FunctionRef function, String operation, String what) {
    return program.operations(function).stream()
        .filter(o -> isSelf(o, operation))
        .findFirst()
        .map(o -> new Related(Location.of(function.file(), o.position()), function.name() + what));
  }

  private boolean isSelf(Operation operation, String kind) {
    Optional<Api> row =
        program.model().find("object", operation.api()).filter(r -> r.operation().equals(kind));
    return row.isPresent()
        && operation.operand(row.get().argument("arg")).path().root().equals(SELF);
  }
}
