// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import dev.pinion.eclipse.server.OpenText;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.IFileBuffer;
import org.eclipse.core.filebuffers.IFileBufferListener;
import org.eclipse.core.filebuffers.ITextFileBuffer;
import org.eclipse.core.filebuffers.ITextFileBufferManager;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session which C files are open in the workbench and what is done to them. It looks at
 * file buffers, which all text editors share, the one of CDT among them, so that no editor has to
 * know of Pinion.
 */
final class BufferWatch implements IFileBufferListener {
  private final Session session;
  private final Map<IFileBuffer, Feed> feeds = new ConcurrentHashMap<>();

  BufferWatch(Session session) {
    this.session = session;
  }

  /** Begins; on the workbench's thread, on which open documents may be read. */
  void begin() {
    ITextFileBufferManager manager = FileBuffers.getTextFileBufferManager();
    manager.addFileBufferListener(this);
    for (IFileBuffer buffer : manager.getFileBuffers()) {
      bufferCreated(buffer);
    }
  }

  /** Tells nothing any more. */
  void end() {
    FileBuffers.getTextFileBufferManager().removeFileBufferListener(this);
    feeds.keySet().forEach(this::forget);
  }

  @Override
  public void bufferCreated(IFileBuffer buffer) {
    IFile file = FileBuffers.getWorkspaceFileAtLocation(buffer.getLocation());
    if (!(buffer instanceof ITextFileBuffer text) || file == null || !isC(file.getName())) {
      return;
    }
    IPath location = file.getLocation();
    if (location == null) {
      // Of a remote file system, where no server of ours can look around.
      return;
    }
    String uri = location.toFile().toPath().toUri().toString();
    Feed feed = new Feed(text.getDocument(), new OpenText(uri, text.getDocument().get()));
    if (feeds.putIfAbsent(buffer, feed) == null) {
      feed.document.addDocumentListener(feed);
      session.opened(file, feed.text);
    }
  }

  @Override
  public void bufferDisposed(IFileBuffer buffer) {
    Feed feed = forget(buffer);
    if (feed != null) {
      session.closed(feed.text);
    }
  }

  @Override
  public void dirtyStateChanged(IFileBuffer buffer, boolean isDirty) {
    Feed feed = feeds.get(buffer);
    if (feed != null && !isDirty) {
      session.saved(feed.text);
    }
  }

  @Override
  public void bufferContentAboutToBeReplaced(IFileBuffer buffer) {}

  @Override
  public void bufferContentReplaced(IFileBuffer buffer) {}

  @Override
  public void stateChanging(IFileBuffer buffer) {}

  @Override
  public void stateChangeFailed(IFileBuffer buffer) {}

  @Override
  public void stateValidationChanged(IFileBuffer buffer, boolean isStateValidated) {}

  @Override
  public void underlyingFileMoved(IFileBuffer buffer, IPath path) {}

  @Override
  public void underlyingFileDeleted(IFileBuffer buffer) {}

  private @Nullable Feed forget(IFileBuffer buffer) {
    Feed feed = feeds.remove(buffer);
    if (feed != null) {
      feed.document.removeDocumentListener(feed);
    }
    return feed;
  }

  private static boolean isC(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".c") || lower.endsWith(".h");
  }

  /** Does to our text what happens to a document. */
  private final class Feed implements IDocumentListener {
    final IDocument document;
    final OpenText text;

    Feed(IDocument document, OpenText text) {
      this.document = document;
      this.text = text;
    }

    @Override
    public void documentAboutToBeChanged(DocumentEvent event) {}

    @Override
    public void documentChanged(DocumentEvent event) {
      String with = event.getText() == null ? "" : event.getText();
      boolean fits = event.getOffset() + event.getLength() <= text.length();
      if (fits && text.length() - event.getLength() + with.length() == document.getLength()) {
        session.changed(text, text.replace(event.getOffset(), event.getLength(), with));
      } else {
        // A document may swallow events of what is done to it in one go.
        session.changed(text, text.reset(document.get()));
      }
    }
  }
}
