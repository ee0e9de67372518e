// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * A finding as the editor shows it.
 *
 * @param related where the finding's story stands, in its order
 */
record Shown(Reported reported, Diagnostic diagnostic, List<Place> related) {
  Shown {
    related = List.copyOf(related);
  }

  Finding finding() {
    return reported.finding();
  }

  /** One step of the story. */
  record Place(String uri, String file, Range range, String message) {}

  /** Whether a place touches the finding's range, its end included. */
  boolean touches(Range place) {
    Range own = diagnostic.getRange();
    return compare(place.getStart(), own.getEnd()) <= 0
        && compare(place.getEnd(), own.getStart()) >= 0;
  }

  private static int compare(Position a, Position b) {
    int byLine = Integer.compare(a.getLine(), b.getLine());
    return byLine != 0 ? byLine : Integer.compare(a.getCharacter(), b.getCharacter());
  }
}
