// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.eclipse.server.Lines;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.core.resources.IMarker;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
  private static final Lines TEXT = new Lines("int a;\n\tlist_del(x);\n");

  @Test
  void aMarkerStandsOnTheWordAndNamesTheRule() {
    Map<String, Object> attributes =
        Problem.of(diagnostic(DiagnosticSeverity.Warning), TEXT).attributes();
    assertEquals("plain list_del() [rcu-list-plain-delete]", attributes.get(IMarker.MESSAGE));
    assertEquals(2, attributes.get(IMarker.LINE_NUMBER));
    assertEquals(8, attributes.get(IMarker.CHAR_START));
    assertEquals(16, attributes.get(IMarker.CHAR_END));
    assertEquals("rcu-list-plain-delete", attributes.get("rule"));
  }

  @ParameterizedTest
  @CsvSource({"Error, 2", "Warning, 1", "Information, 0", "Hint, 0"})
  void severitiesAreThoseOfTheTiers(DiagnosticSeverity severity, int expected) {
    assertEquals(expected, Problem.of(diagnostic(severity), TEXT).severity());
  }

  @Test
  void equalDiagnosticsMakeEqualProblems() {
    Problem one = Problem.of(diagnostic(DiagnosticSeverity.Error), TEXT);
    assertEquals(one, Problem.of(diagnostic(DiagnosticSeverity.Error), TEXT));
    assertTrue(one.diagnostic().contains("publishes"));
  }

  /** A marker refuses attributes of 64 KB and more. */
  @Test
  void aVeryLongStoryIsLeftOut() {
    Diagnostic diagnostic = diagnostic(DiagnosticSeverity.Error);
    diagnostic.setRelatedInformation(
        Collections.nCopies(1000, diagnostic.getRelatedInformation().get(0)));
    String kept = Problem.of(diagnostic, TEXT).diagnostic();
    assertTrue(kept.length() < 65_000 && kept.contains("plain list_del()"), kept);
    assertFalse(kept.contains("publishes"));
  }

  private static Diagnostic diagnostic(DiagnosticSeverity severity) {
    Range range = new Range(new Position(1, 1), new Position(1, 9));
    Diagnostic diagnostic =
        new Diagnostic(range, "plain list_del()", severity, "pinion", "rcu-list-plain-delete");
    diagnostic.setRelatedInformation(
        List.of(
            new DiagnosticRelatedInformation(
                new Location("file:///linux/drivers/a_file_with_a_name.c", range),
                "f() publishes nodes with list_add_rcu()")));
    return diagnostic;
  }
}
