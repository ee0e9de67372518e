// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.jspecify.annotations.Nullable;

/** What a client can do, of what the server cares about. */
final class ClientFeatures {
  /** One thing a client may be able to do. */
  enum Feature {
    RELATED_INFORMATION,
    CODE_DESCRIPTION,
    DIAGNOSTIC_VERSION,
    MARKDOWN_HOVER,
    WORK_DONE_PROGRESS,
    CONFIGURATION_REQUEST,
    POSITION_ENCODINGS,
    /** Takes edits that say which version of a document they are for. */
    VERSIONED_EDITS,
    /** Takes {@code pinion/status}: {@code "experimental": {"pinion": {"status": true}}}. */
    STATUS,
    /**
     * Shows the pages that commands answer with: {@code "experimental": {"pinion": {"pages":
     * true}}}.
     */
    PAGES,
    /** Opens a file that the server names. */
    SHOW_DOCUMENT,
    /** Asks for all lenses again when it is told to. */
    LENS_REFRESH
  }

  static final ClientFeatures NONE = new ClientFeatures(Set.of());

  private final Set<Feature> features;

  private ClientFeatures(Set<Feature> features) {
    this.features = Set.copyOf(features);
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  static ClientFeatures of(@Nullable ClientCapabilities client) {
    if (client == null) {
      return NONE;
    }
    Set<Feature> found = EnumSet.noneOf(Feature.class);
    if (client.getTextDocument() != null) {
      addTextDocument(client.getTextDocument(), found);
    }
    var window = client.getWindow();
    if (window != null && isTrue(window.getWorkDoneProgress())) {
      found.add(Feature.WORK_DONE_PROGRESS);
    }
    if (window != null
        && window.getShowDocument() != null
        && window.getShowDocument().isSupport()) {
      found.add(Feature.SHOW_DOCUMENT);
    }
    var workspace = client.getWorkspace();
    if (workspace != null
        && workspace.getCodeLens() != null
        && isTrue(workspace.getCodeLens().getRefreshSupport())) {
      found.add(Feature.LENS_REFRESH);
    }
    if (workspace != null && isTrue(workspace.getConfiguration())) {
      found.add(Feature.CONFIGURATION_REQUEST);
    }
    if (workspace != null
        && workspace.getWorkspaceEdit() != null
        && isTrue(workspace.getWorkspaceEdit().getDocumentChanges())) {
      found.add(Feature.VERSIONED_EDITS);
    }
    var general = client.getGeneral();
    if (general != null && general.getPositionEncodings() != null) {
      found.add(Feature.POSITION_ENCODINGS);
    }
    if (experimental(client, "status")) {
      found.add(Feature.STATUS);
    }
    if (experimental(client, "pages")) {
      found.add(Feature.PAGES);
    }
    return new ClientFeatures(found);
  }

  private static void addTextDocument(
      TextDocumentClientCapabilities textDocument, Set<Feature> found) {
    PublishDiagnosticsCapabilities publish = textDocument.getPublishDiagnostics();
    if (publish != null) {
      if (isTrue(publish.getRelatedInformation())) {
        found.add(Feature.RELATED_INFORMATION);
      }
      if (isTrue(publish.getCodeDescriptionSupport())) {
        found.add(Feature.CODE_DESCRIPTION);
      }
      if (isTrue(publish.getVersionSupport())) {
        found.add(Feature.DIAGNOSTIC_VERSION);
      }
    }
    HoverCapabilities hover = textDocument.getHover();
    if (hover != null) {
      List<String> formats = hover.getContentFormat();
      if (formats != null && formats.contains(MarkupKind.MARKDOWN)) {
        found.add(Feature.MARKDOWN_HOVER);
      }
    }
  }

  private static boolean experimental(ClientCapabilities client, String name) {
    if (!(client.getExperimental() instanceof JsonObject experimental)
        || !(experimental.get("pinion") instanceof JsonObject pinion)) {
      return false;
    }
    JsonElement value = pinion.get(name);
    return value != null && value.isJsonPrimitive() && value.getAsBoolean();
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
