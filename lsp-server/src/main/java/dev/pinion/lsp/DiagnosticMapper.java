// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.lsp.ClientFeatures.Feature;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;

/**
 * Makes diagnostics of findings. The message alone must do, since some editors show nothing else;
 * the story goes into the related information of those that do.
 */
final class DiagnosticMapper {
  static final String SOURCE = "pinion";

  private final ClientFeatures client;
  private final String docs;

  /**
   * @param docs where the rules' pages are on the web; empty for nowhere
   */
  DiagnosticMapper(ClientFeatures client, String docs) {
    this.client = client;
    this.docs = docs;
  }

  Shown map(Reported reported, TreeText text) {
    Finding finding = reported.finding();
    Location at = finding.location();
    Diagnostic diagnostic = new Diagnostic();
    diagnostic.setRange(text.word(at.file(), at.line(), at.column()));
    diagnostic.setSeverity(severity(finding.tier()));
    diagnostic.setSource(SOURCE);
    diagnostic.setCode(finding.rule());
    diagnostic.setMessage(finding.message());
    if (!docs.isEmpty() && client.has(Feature.CODE_DESCRIPTION)) {
      diagnostic.setCodeDescription(new DiagnosticCodeDescription(docs + finding.rule() + ".md"));
    }
    List<Shown.Place> places = new ArrayList<>();
    for (Related related : finding.related()) {
      Location place = related.location();
      places.add(
          new Shown.Place(
              text.uri(place.file()),
              place.file(),
              text.word(place.file(), place.line(), place.column()),
              related.message()));
    }
    if (client.has(Feature.RELATED_INFORMATION) && !places.isEmpty()) {
      diagnostic.setRelatedInformation(places.stream().map(DiagnosticMapper::information).toList());
    }
    return new Shown(reported, diagnostic, places);
  }

  private static DiagnosticRelatedInformation information(Shown.Place place) {
    return new DiagnosticRelatedInformation(
        new org.eclipse.lsp4j.Location(place.uri(), place.range()), place.message());
  }

  private static DiagnosticSeverity severity(Tier tier) {
    return switch (tier) {
      case ERROR -> DiagnosticSeverity.Error;
      case WARNING -> DiagnosticSeverity.Warning;
      case LATENT -> DiagnosticSeverity.Hint;
    };
  }
}
