// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations.Include;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files that may use a field: they name a field like it, and they see the struct's definition,
 * which stands in them or in a header that they include, directly or by one header in between.
 */
final class StructViewers {
  /** How many includes away a definition may be. */
  private static final int LEVELS = 2;

  private StructViewers() {}

  static List<String> of(Program program, FieldRef field) {
    SortedSet<String> definitions = new TreeSet<>();
    for (Types.StructDefinition d : program.types().structs(field.tag(), "")) {
      boolean isMeant = field.owner().indexOf('@') < 0 || field.owner().endsWith("@" + d.file());
      if (isMeant) {
        definitions.add(d.file());
      }
    }
    Set<String> near =
        program.memo(List.of("StructViewers.near", definitions), () -> near(program, definitions));
    return program.files(Term.READ_THROUGH, field.field()).stream()
        .filter(p -> near.contains(p) && program.readsThrough(p, field.field()))
        .filter(p -> sees(program, p, definitions, LEVELS))
        .toList();
  }

  /** The files that may see one of the definitions, by the names of what they include. */
  private static Set<String> near(Program program, SortedSet<String> definitions) {
    Set<String> all = new HashSet<>(definitions);
    Set<String> headers = definitions;
    for (int level = 0; level < LEVELS; level++) {
      Set<String> names =
          headers.stream().map(FileTerms::lastPart).collect(Collectors.toCollection(TreeSet::new));
      headers = new HashSet<>();
      for (String name : names) {
        headers.addAll(program.files(Term.INCLUDE, name));
      }
      all.addAll(headers);
      headers.removeIf(h -> !h.endsWith(".h"));
    }
    return all;
  }

  private static boolean sees(Program program, String file, Set<String> wanted, int levels) {
    if (wanted.contains(file)) {
      return true;
    }
    if (levels == 0) {
      return false;
    }
    for (Include include : program.includes(file)) {
      for (String header : wanted) {
        if (names(include, header)) {
          return true;
        }
      }
      if (levels > 1
          && include.path().endsWith(".h")
          && sees(program, path(program, file, include), wanted, levels - 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Include include, String header) {
    String last = FileTerms.lastPart(include.path());
    return header.equals(last) || header.endsWith("/" + last);
  }

  /** The header that an include line names, as far as it can be told without search paths. */
  private static String path(Program program, String file, Include include) {
    String folder = file.substring(0, file.lastIndexOf('/') + 1);
    String beside = folder + include.path();
    return include.form() == Include.Form.QUOTED && program.has(beside)
        ? beside
        : "include/" + include.path();
  }
}
