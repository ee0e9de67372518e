// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.source.Reason;
import dev.pinion.lsp.ClientFeatures.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.ShowDocumentParams;

/**
 * Shows pages in any client: one that shows them itself gets them as the command's answer, for the
 * others they are files of a temporary folder, which goes with the server; a client that cannot
 * open files when it is asked to, says their names.
 */
final class Pages implements AutoCloseable {
  private final Editor editor;
  private final List<Path> written = new ArrayList<>();
  private Optional<Path> folder = Optional.empty();

  Pages(Editor editor) {
    this.editor = editor;
  }

  /** Shows a page. */
  void show(MarkdownPage page) {
    if (editor.features().has(Feature.PAGES)) {
      return;
    }
    try {
      Path file = write(page);
      if (editor.features().has(Feature.SHOW_DOCUMENT)) {
        ShowDocumentParams params = new ShowDocumentParams(Uris.of(file));
        params.setTakeFocus(true);
        CompletableFuture<?> unused = editor.client().showDocument(params);
      } else {
        editor
            .client()
            .showMessage(
                new MessageParams(MessageType.Info, "pinion: " + page.title() + ": " + file));
      }
    } catch (IOException e) {
      editor.log(MessageType.Warning, "pinion: a page cannot be shown: " + Reason.of(e));
    }
  }

  private synchronized Path write(MarkdownPage page) throws IOException {
    if (folder.isEmpty()) {
      folder = Optional.of(Files.createTempDirectory("pinion-pages-"));
    }
    String name = page.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Path file = folder.get().resolve(name + ".md");
    Files.writeString(file, page.markdown());
    written.add(file);
    return file;
  }

  @Override
  public synchronized void close() {
    try {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      if (folder.isPresent()) {
        Files.deleteIfExists(folder.get());
      }
    } catch (IOException e) {
      // The user has put something beside them; it is theirs.
      editor.log(MessageType.Info, "pinion: " + folder + " is left: " + Reason.of(e));
    }
    written.clear();
    folder = Optional.empty();
  }
}
