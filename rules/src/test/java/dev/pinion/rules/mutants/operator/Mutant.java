// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import java.util.List;
import java.util.Optional;

/**
 * A correct site, and what breaks it.
 *
 * @param operator id of the one that made it
 * @param function it stands in
 * @param line of the site; edits keep the lines of a file where they are
 * @param what in a few words
 * @param edits of the function's file
 * @param others files besides its own in which a finding may stand: those of callers, which go on
 *     with what the function has done
 * @param known what is known of the site beforehand
 */
public record Mutant(
    String operator,
    FunctionRef function,
    int line,
    String what,
    List<Source.Edit> edits,
    List<String> others,
    Known known) {
  public Mutant {
    edits = List.copyOf(edits);
    others = List.copyOf(others);
  }

  /**
   * What the unbroken program says of a site.
   *
   * @param equivalent why breaking it does no harm, if that is proved
   * @param obstacle why the rules are not expected to see it, if they do not
   */
  public record Known(Optional<String> equivalent, Optional<String> obstacle) {
    public static final Known NOTHING = new Known(Optional.empty(), Optional.empty());

    static Known equivalentBy(String reason) {
      return new Known(Optional.of(reason), Optional.empty());
    }

    static Known obstacle(String reason) {
      return new Known(Optional.empty(), Optional.of(reason));
    }
  }

  public String file() {
    return function.file();
  }

  /** The same, with these files. */
  Mutant with(List<String> files) {
    return new Mutant(operator, function, line, what, edits, files, known);
  }

  /** The lines that the edits touch. */
  public List<Integer> lines(Source source) {
    return edits.stream().map(e -> source.line(e.start())).distinct().toList();
  }
}
