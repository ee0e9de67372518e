// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of members that point to counted structs: a cheap test before types are resolved. */
final class CountedMembers {
  private final Program program;

  CountedMembers(Program program) {
    this.program = program;
  }

  /** Whether some struct of the tree has such a member of that name. Reads all structs once. */
  boolean mayPoint(String member) {
    return !member.isEmpty() && names().contains(member);
  }

  private Set<String> names() {
    return program.settled(
        "CountedMembers.names",
        () -> {
          Set<String> bare = CountedObjects.of(program).bareTags();
          Set<String> all = new HashSet<>();
          for (String path : program.files(Term.Trait.POINTS)) {
            for (Declarations.Member member : pointers(path)) {
              if (bare.contains(member.type().name())) {
                all.add(member.name());
              }
            }
          }
          return all;
        });
  }

  /** The members of a file's structs that point to one struct. */
  private List<Declarations.Member> pointers(String path) {
    return program.memo(
        List.of("CountedMembers.pointers", path),
        () ->
            program.file(path).structs().stream()
                .flatMap(s -> s.members().stream())
                .filter(m -> m.type().pointers() == 1 && m.type().kind() == CType.Kind.STRUCT)
                .toList());
  }
}
