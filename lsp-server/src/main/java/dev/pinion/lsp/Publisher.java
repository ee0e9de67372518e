// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.ClientFeatures.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.jspecify.annotations.Nullable;

/**
 * What the editor shows, and the only place that changes it. Findings are replaced when new ones
 * are there, never cleared before; those computed from a buffer that has changed since are dropped.
 */
final class Publisher {

  /**
   * What one file shows.
   *
   * @param revision of the buffer; 0 for a file that is not open
   */
  private record Page(Path root, long revision, List<Shown> shown) {}

  private final PinionClient client;
  private final ClientFeatures features;
  private final OpenDocuments documents;
  private final Map<String, Page> pages = new TreeMap<>();

  Publisher(PinionClient client, ClientFeatures features, OpenDocuments documents) {
    this.client = client;
    this.features = features;
    this.documents = documents;
  }

  /**
   * Shows what a scan of one tree found.
   *
   * @param analysed the buffers as the scan saw them
   * @param found by URI; files that are not open are shown as well, if they are in here
   */
  synchronized void publish(
      Path root, List<OpenDocument> analysed, Map<String, List<Shown>> found) {
    for (OpenDocument document : analysed) {
      Optional<OpenDocument> now = documents.get(document.uri());
      if (now.isPresent() && now.get().revision() == document.revision()) {
        List<Shown> shown = found.getOrDefault(document.uri(), List.of());
        show(document.uri(), new Page(root, document.revision(), shown), document.version());
      }
    }
    for (Map.Entry<String, List<Shown>> entry : found.entrySet()) {
      if (documents.get(entry.getKey()).isEmpty()) {
        show(entry.getKey(), new Page(root, 0, entry.getValue()), null);
      }
    }
    for (Map.Entry<String, Page> page : List.copyOf(pages.entrySet())) {
      String uri = page.getKey();
      if (page.getValue().root().equals(root)
          && !found.containsKey(uri)
          && documents.get(uri).isEmpty()) {
        clear(uri);
      }
    }
  }

  /** Shows nothing in a file any more. */
  synchronized void clear(String uri) {
    Page old = pages.remove(uri);
    if (old != null && !old.shown().isEmpty()) {
      send(uri, List.of(), null);
    }
  }

  /** Shows nothing in a tree any more. */
  synchronized void clear(Path root) {
    for (Map.Entry<String, Page> page : List.copyOf(pages.entrySet())) {
      if (page.getValue().root().equals(root)) {
        clear(page.getKey());
      }
    }
  }

  /** Shows nothing any more in files that are not open. */
  synchronized void clearClosed() {
    for (String uri : List.copyOf(pages.keySet())) {
      if (documents.get(uri).isEmpty()) {
        clear(uri);
      }
    }
  }

  /** The findings shown at a place. */
  synchronized List<Shown> at(String uri, Range place) {
    Page page = pages.get(uri);
    return page == null
        ? List.of()
        : page.shown().stream().filter(shown -> shown.touches(place)).toList();
  }

  /** The finding of a file that has a fingerprint, if it is shown. */
  synchronized Optional<Shown> find(String uri, String fingerprint) {
    Page page = pages.get(uri);
    return page == null
        ? Optional.empty()
        : page.shown().stream()
            .filter(shown -> shown.reported().fingerprint().equals(fingerprint))
            .findFirst();
  }

  /** All findings that a file shows, if they are of this state of its buffer. */
  synchronized List<Shown> of(OpenDocument document) {
    Page page = pages.get(document.uri());
    return page == null || page.revision() != document.revision() ? List.of() : page.shown();
  }

  private void show(String uri, Page page, @Nullable Integer version) {
    Page old = pages.put(uri, page);
    boolean same = old != null && old.shown().equals(page.shown());
    boolean news = old == null ? page.revision() != 0 || !page.shown().isEmpty() : !same;
    // A client that counts versions wants to hear that the new one has been looked at.
    if (news || (old != null && old.revision() != page.revision())) {
      send(uri, page.shown(), version);
    }
  }

  private void send(String uri, List<Shown> shown, @Nullable Integer version) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Shown one : shown) {
      diagnostics.add(one.diagnostic());
    }
    PublishDiagnosticsParams params = new PublishDiagnosticsParams(uri, diagnostics);
    if (version != null && features.has(Feature.DIAGNOSTIC_VERSION)) {
      params.setVersion(version);
    }
    client.publishDiagnostics(params);
  }
}
