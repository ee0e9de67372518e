// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import dev.pinion.eclipse.server.Lines;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.ITextFileBuffer;
import org.eclipse.core.filebuffers.ITextFileBufferManager;
import org.eclipse.core.filebuffers.LocationKind;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.lsp4j.SnippetTextEdit;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.text.edits.MultiTextEdit;
import org.eclipse.text.edits.ReplaceEdit;

/**
 * Carries a server's edits out: in the buffer of an open file, where they can be undone as one and
 * wait to be saved; in the file itself if nobody has it open.
 */
final class Edits {
  private final Session session;

  Edits(Session session) {
    this.session = session;
  }

  /**
   * Carries it out; on the workbench's thread.
   *
   * @throws CoreException if a document is another version by now or no file of the workspace
   * @throws BadLocationException if a place is not in the text
   */
  void apply(WorkspaceEdit edit) throws CoreException, BadLocationException {
    // Each document is asked before any is touched.
    for (Either<TextDocumentEdit, ?> change : changes(edit)) {
      check(change.getLeft());
    }
    for (Either<TextDocumentEdit, ?> change : changes(edit)) {
      String uri = change.getLeft().getTextDocument().getUri();
      apply(file(uri), change.getLeft().getEdits());
    }
  }

  /**
   * As what Eclipse carries out at once.
   *
   * @param text the one they are for
   */
  static MultiTextEdit together(List<Either<TextEdit, SnippetTextEdit>> edits, Lines text) {
    MultiTextEdit all = new MultiTextEdit();
    for (Either<TextEdit, SnippetTextEdit> edit : edits) {
      if (edit.isLeft()) {
        int start = text.offset(edit.getLeft().getRange().getStart());
        int end = text.offset(edit.getLeft().getRange().getEnd());
        all.addChild(new ReplaceEdit(start, end - start, edit.getLeft().getNewText()));
      }
    }
    return all;
  }

  private static List<? extends Either<TextDocumentEdit, ?>> changes(WorkspaceEdit edit)
      throws CoreException {
    List<? extends Either<TextDocumentEdit, ?>> changes =
        Objects.requireNonNullElse(edit.getDocumentChanges(), List.of());
    if (changes.isEmpty() || !changes.stream().allMatch(Either::isLeft)) {
      throw refused("the server has proposed something that is no edit of a text");
    }
    return changes;
  }

  private void check(TextDocumentEdit change) throws CoreException {
    Integer meant = change.getTextDocument().getVersion();
    Optional<Integer> now = session.version(change.getTextDocument().getUri());
    if (meant != null && now.isPresent() && !now.get().equals(meant)) {
      throw refused("the text has changed meanwhile; ask again");
    }
  }

  private static void apply(IFile file, List<Either<TextEdit, SnippetTextEdit>> edits)
      throws CoreException, BadLocationException {
    ITextFileBufferManager manager = FileBuffers.getTextFileBufferManager();
    IPath path = file.getFullPath();
    boolean isOpen = manager.getTextFileBuffer(path, LocationKind.IFILE) != null;
    manager.connect(path, LocationKind.IFILE, new NullProgressMonitor());
    try {
      ITextFileBuffer buffer = manager.getTextFileBuffer(path, LocationKind.IFILE);
      IDocument document = buffer.getDocument();
      together(edits, new Lines(document.get())).apply(document);
      if (!isOpen) {
        buffer.commit(new NullProgressMonitor(), false);
      }
    } finally {
      manager.disconnect(path, LocationKind.IFILE, new NullProgressMonitor());
    }
  }

  private static IFile file(String uri) throws CoreException {
    return Places.file(uri).orElseThrow(() -> refused(uri + " is no file of the workspace"));
  }

  private static CoreException refused(String why) {
    return new CoreException(new Status(IStatus.ERROR, PinionPlugin.ID, why));
  }
}
