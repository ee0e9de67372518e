// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.WorkspaceEdit;

/** A fix that the server has checked: an edit. */
final class FixResolution extends Resolution {
  private final WorkspaceEdit edit;

  FixResolution(Session session, CodeAction action) {
    super(
        session,
        action.getTitle(),
        "Pinion has carried this out in memory: the finding goes and no other comes.",
        Boolean.TRUE.equals(action.getIsPreferred()) ? Rank.BEST_FIX : Rank.FIX,
        0);
    this.edit = action.getEdit();
  }

  @Override
  void apply() throws CoreException, BadLocationException {
    new Edits(session()).apply(edit);
  }
}
