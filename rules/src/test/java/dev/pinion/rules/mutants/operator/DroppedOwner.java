// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table no longer names the module by which its users pin it: no {@code .owner}. */
record DroppedOwner(String id, List<String> rules) implements Operator {
  /** A table is found by the first function of its file that stands in it. */
  @Override
  public Collection<FunctionRef> functions(Program program) {
    TreeSet<FunctionRef> all = new TreeSet<>();
    OwnerPins pins = new OwnerPins(program);
    TreeSet<String> files = new TreeSet<>();
    pins.members().keySet().forEach(m -> files.addAll(pins.files(m)));
    for (String file : files) {
      pins.tables(file).forEach(t -> first(t, program).ifPresent(all::add));
    }
    return all;
  }

  private static Optional<FunctionRef> first(OwnerPins.Table table, Program program) {
    return table.global().entries().stream()
        .flatMap(e -> program.resolve(e.symbol(), table.file()).stream())
        .filter(f -> f.file().equals(table.file()))
        .findFirst();
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return new OwnerPins(site.program())
        .tables(site.function().file()).stream()
            .filter(t -> first(t, site.program()).filter(site.function()::equals).isPresent())
            .flatMap(t -> mutant(site, t).stream())
            .toList();
  }

  private Optional<Mutant> mutant(Site site, OwnerPins.Table table) {
    Source source = site.source();
    Position position = table.entry().position();
    Matcher entry =
        Pattern.compile("\\." + Pattern.quote(table.entry().field()) + "\\s*=\\s*THIS_MODULE\\s*,?")
            .matcher(source.text());
    return entry.find(source.offset(position) - position.column() + 1)
            && source.line(entry.start()) == position.line()
        ? Optional.of(
            site.mutant(
                id,
                source.line(entry.start()),
                table.global().name() + " without ." + table.entry().field(),
                List.of(new Source.Edit(entry.start(), entry.end(), "")),
                known(site, table)))
        : Optional.empty();
  }

  private static Mutant.Known known(Site site, OwnerPins.Table table) {
    return OpsTables.of(site.program()).isHandedOver(table.global().name(), table.file())
        ? Mutant.Known.NOTHING
        : Mutant.Known.obstacle("nothing is seen that is given the table");
  }
}
