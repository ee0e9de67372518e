// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table whose module is pinned by another member of what the table belongs to: the object whose
 * initialiser names the table sets an owner, itself or in a further table that it names, and
 * somebody pins by that member.
 */
record PinnedBeside(Program program) {
  private static final String SELF = "THIS_MODULE";

  /** The object and its owner; empty if no such object is known. */
  Optional<List<Related>> of(OwnerTables.Table table) {
    List<FileFacts.GlobalFacts> globals = program.globals(table.file());
    for (FileFacts.GlobalFacts object : globals) {
      if (!object.name().equals(table.global().name())
          && object.entries().stream().anyMatch(e -> e.symbol().equals(table.global().name()))) {
        Optional<Related> owner = owner(object, globals, table.file());
        if (owner.isPresent()) {
          return Optional.of(
              List.of(
                  new Related(
                      Location.of(table.file(), object.position()),
                      "'" + object.name() + "' has the table"),
                  owner.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Related> owner(
      FileFacts.GlobalFacts object, List<FileFacts.GlobalFacts> globals, String file) {
    Set<String> named = new HashSet<>();
    object.entries().forEach(e -> named.add(e.symbol()));
    List<FileFacts.GlobalFacts> all = new ArrayList<>(List.of(object));
    globals.stream().filter(g -> named.contains(g.name())).forEach(all::add);
    for (FileFacts.GlobalFacts global : all) {
      for (FileFacts.TableEntry entry : global.entries()) {
        Optional<FieldRef> member =
            entry.symbol().equals(SELF) ? member(global, entry, file) : Optional.empty();
        if (member.filter(OwnerTables.of(program).pinned()::contains).isPresent()) {
          return Optional.of(
              new Related(
                  Location.of(file, entry.position()),
                  "and its module is pinned by '" + member.get() + "'"));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<FieldRef> member(
      FileFacts.GlobalFacts global, FileFacts.TableEntry entry, String file) {
    return program.types().tag(global.type(), file).map(t -> new FieldRef(t, entry.field()));
  }
}
