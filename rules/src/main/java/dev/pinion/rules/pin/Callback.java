// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;

/**
 * A function that somebody else calls, and how he knows it.
 *
 * @param escape the way its address leaves
 */
record Callback(Program program, FunctionRef function, OpsTables.Escape escape) {
  /** The ways in which a function's address leaves, except to be called once at init. */
  static List<Callback> of(Program program, FunctionRef function) {
    return OpsTables.of(program).escapesOf(function).stream()
        .map(e -> new Callback(program, function, e))
        .filter(c -> !c.isInit())
        .toList();
  }

  private boolean isInit() {
    return program.model().find("context", escape.callee()).filter(a -> a.is("init")).isPresent();
  }

  private Optional<FileFacts.GlobalFacts> table() {
    return program.globals(escape.file()).stream()
        .filter(t -> !escape.table().isEmpty() && t.name().equals(escape.table()))
        .findFirst();
  }

  /** The member it stands in, by name, or the function or macro it is passed to. */
  private String name() {
    Optional<String> member =
        table().stream()
            .flatMap(t -> t.entries().stream())
            .filter(e -> e.symbol().equals(function.name()))
            .map(FileFacts.TableEntry::field)
            .findFirst();
    return member.orElseGet(() -> escape.field().map(f -> f.field()).orElse(escape.callee()));
  }

  private boolean does(String operation) {
    return program.model().does(name(), "driver", operation);
  }

  /** Whether it is called to give a driver a device, which is taken away again before rmmod. */
  boolean isBind() {
    return does("bind");
  }

  /** Whether it is called when something comes to its end, by its name. */
  boolean isEnd() {
    return does("unbind") || does("end");
  }

  /** Whether it is called for power management, with the device still the driver's afterwards. */
  boolean isPause() {
    return does("pause");
  }

  /** The function that the same table names for the opposite of bind. */
  Optional<FunctionRef> unbind() {
    return table().stream()
        .flatMap(t -> t.entries().stream())
        .filter(e -> program.model().does(e.field(), "driver", "unbind"))
        .flatMap(e -> program.resolve(e.symbol(), escape.file()).stream())
        .findFirst();
  }

  /** A line that says so, at the function. */
  Related line() {
    String how =
        escape.callee().isEmpty()
            ? "." + name() + (escape.table().isEmpty() ? "" : " of '" + escape.table() + "'")
            : "passed to " + escape.callee() + "()";
    return new Related(
        Location.of(function.file(), program.facts(function).position()),
        function.name() + "() is " + how);
  }
}
