// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Which functions are put into a member, by initialisers or stores: looked for by the member's
 * name, or by the table's type where the initialiser is positional.
 */
final class Placements {
  private final Program program;

  Placements(Program program) {
    this.program = program;
  }

  /** The member that the name is put into; of {@link Mention.InTable} or {@link Mention.Stored}. */
  Optional<FieldRef> field(Mention mention) {
    if (mention instanceof Mention.Stored stored) {
      return program.types().resolve(stored.target(), stored.file()).flatMap(Types.Place::field);
    }
    Mention.InTable in = (Mention.InTable) mention;
    CType type = in.table().type().base();
    return program
        .types()
        .expand(type, in.file())
        .filter(p -> p.type().isAggregate())
        .flatMap(p -> program.types().memberOf(p.type().name(), p.file(), named(in.field(), p)))
        .flatMap(Types.Place::field);
  }

  /** The name of the member that a positional value, {@code "#2"}, is for. */
  private String named(String field, Types.Place table) {
    if (!field.matches("#\\d+")) {
      return field;
    }
    int index = Integer.parseInt(field.substring(1));
    List<Types.StructDefinition> all = program.types().structs(table.type().name(), table.file());
    return !all.isEmpty() && index < all.get(0).struct().members().size()
        ? all.get(0).struct().members().get(index).name()
        : field;
  }

  /** The functions known to stand in that field, in path order. */
  List<FunctionRef> functions(FieldRef field) {
    return program.settled(
        List.of("Placements.functions", field),
        () -> {
          SortedSet<FunctionRef> all = new TreeSet<>();
          Synonyms synonyms = Synonyms.of(program);
          for (String name : synonyms.ofMember(field.field())) {
            addAll(Term.ENTRY, name, entries(name, field, synonyms), field, all);
            addAll(Term.STORE_FUNCTION, name, stores(name, field, synonyms), field, all);
          }
          for (String type : synonyms.ofTag(field.tag())) {
            addAll(Term.ENTRY, "#" + type, program.files(Term.ENTRY, "#" + type), field, all);
          }
          return List.copyOf(all);
        });
  }

  private Collection<String> entries(String name, FieldRef field, Synonyms synonyms) {
    return files(Term.ENTRY, Term.ENTRY_IN, name, field, synonyms);
  }

  private Collection<String> stores(String name, FieldRef field, Synonyms synonyms) {
    return files(Term.STORE_FUNCTION, Term.STORE_FUNCTION_IN, name, field, synonyms);
  }

  private Collection<String> files(
      Term any, Term in, String name, FieldRef field, Synonyms synonyms) {
    return synonyms
        .members(name, field)
        .<Collection<String>>map(
            members -> {
              SortedSet<String> all = new TreeSet<>();
              members.forEach(m -> all.addAll(program.files(in, m)));
              return all;
            })
        .orElseGet(() -> program.files(any, name));
  }

  private void addAll(
      Term term,
      String name,
      Collection<String> paths,
      FieldRef field,
      SortedSet<FunctionRef> into) {
    for (String path : paths) {
      into.addAll(in(path, term, name).getOrDefault(field, List.of()));
    }
  }

  /**
   * What a file puts into members that it calls so, as a {@link Term}, by whose members they are.
   */
  private Map<FieldRef, List<FunctionRef>> in(String path, Term term, String name) {
    return program.memo(
        List.of("Placements.in", path, term, name),
        () -> {
          Map<FieldRef, List<FunctionRef>> all = new HashMap<>();
          if (term == Term.ENTRY) {
            forEachEntry(path, name, (symbol, place) -> place(symbol, place, all));
          } else {
            forEachStore(
                path,
                name,
                store -> place(store.name(), new Mention.Stored(path, store.target()), all));
          }
          all.replaceAll((field, functions) -> functions.stream().distinct().sorted().toList());
          return all;
        });
  }

  private static boolean has(FileFacts.GlobalFacts table, String name) {
    return table.entries().stream()
        .anyMatch(e -> FileTerms.entry(e.field(), table.type()).equals(name));
  }

  private void forEachEntry(String path, String name, BiConsumer<String, Mention> action) {
    for (FileFacts.GlobalFacts table :
        program.linked(path).globals(Term.ENTRY, name, g -> has(g, name))) {
      for (int i = 0; i < table.entries().size(); i++) {
        FileFacts.TableEntry entry = table.entries().get(i);
        if (FileTerms.entry(entry.field(), table.type()).equals(name)) {
          action.accept(entry.symbol(), new Mention.InTable(path, table, i));
        }
      }
    }
  }

  /** Goes through the stores of names of functions into members of that name. */
  void forEachStore(String path, String member, Consumer<FunctionFacts.FunctionStore> action) {
    program
        .linked(path)
        .all(Look.functionStores(member))
        .forEach(store -> action.accept(store.item()));
  }

  private void place(String symbol, Mention place, Map<FieldRef, List<FunctionRef>> into) {
    program
        .resolve(symbol, place.file())
        .ifPresent(
            function ->
                field(place)
                    .ifPresent(
                        f -> into.computeIfAbsent(f, x -> new ArrayList<>(1)).add(function)));
  }
}
