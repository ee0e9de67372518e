// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.Location;

/** Goes to one place of a finding's story. */
final class PlaceResolution extends Resolution {
  private final Location place;

  /**
   * @param step which one it is, from 1
   */
  PlaceResolution(Session session, int step, DiagnosticRelatedInformation related) {
    super(
        session,
        "Go to %d: %s".formatted(step, related.getMessage()),
        name(related.getLocation()),
        Rank.STORY,
        step);
    this.place = related.getLocation();
  }

  @Override
  void apply() throws CoreException {
    Places.open(place.getUri(), place.getRange());
  }

  private static String name(Location place) {
    String file = place.getUri().substring(place.getUri().lastIndexOf('/') + 1);
    return file + ":" + (place.getRange().getStart().getLine() + 1);
  }
}
