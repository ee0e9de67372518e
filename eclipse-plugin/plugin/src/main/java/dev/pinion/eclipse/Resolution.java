// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.swt.graphics.Image;
import org.eclipse.ui.IMarkerResolution2;
import org.eclipse.ui.IMarkerResolutionRelevance;
import org.jspecify.annotations.Nullable;

/** One thing that can be done about a finding; a failure of it is a line in the log. */
abstract class Resolution implements IMarkerResolution2, IMarkerResolutionRelevance {
  /** Where it stands among the others; larger comes first. */
  enum Rank {
    RULE_PAGE(0),
    BASELINE(100),
    STORY(200),
    EXPLAIN(300),
    FIX(400),
    BEST_FIX(500);

    private final int relevance;

    Rank(int relevance) {
      this.relevance = relevance;
    }
  }

  private final Session session;
  private final String label;
  private final String description;
  private final int relevance;

  /**
   * @param step among those of one rank, from 0
   */
  Resolution(Session session, String label, String description, Rank rank, int step) {
    this.session = session;
    this.label = label;
    this.description = description;
    this.relevance = rank.relevance - Math.min(step, 99);
  }

  Session session() {
    return session;
  }

  /**
   * Does it; on the workbench's thread.
   *
   * @throws CoreException if an editor or the workspace does not let it
   * @throws BadLocationException if the text is not what it was
   */
  abstract void apply() throws CoreException, BadLocationException;

  @Override
  public final void run(IMarker marker) {
    try {
      apply();
    } catch (CoreException | BadLocationException e) {
      session.log().say(IStatus.ERROR, "Pinion: " + label + ": " + e.getMessage());
    }
  }

  @Override
  public final String getLabel() {
    return label;
  }

  @Override
  public final String getDescription() {
    return description;
  }

  @Override
  public final @Nullable Image getImage() {
    return null;
  }

  @Override
  public final int getRelevanceForResolution() {
    return relevance;
  }
}
