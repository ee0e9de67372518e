// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import com.google.gson.Gson;
import dev.pinion.eclipse.server.Lines;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.resources.IMarker;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;

/**
 * A finding as a marker shows it.
 *
 * @param severity one of {@code IMarker}'s
 * @param message with the rule behind it, as the command line prints it
 * @param rule its id
 * @param line from 1
 * @param start the offset of the first character
 * @param end the offset behind the last one
 * @param diagnostic as JSON: what is not shown yet, the story among it
 */
record Problem(
    int severity, String message, String rule, int line, int start, int end, String diagnostic) {
  static final String MARKER = PinionPlugin.ID + ".finding";
  static final String RULE = "rule";
  static final String DIAGNOSTIC = "diagnostic";

  private static final Gson GSON = new MessageJsonHandler(Map.of()).getGson();

  /** More bytes than that a marker refuses to keep in one attribute. */
  private static final int MOST_BYTES = 65_000;

  /**
   * Makes one of a diagnostic.
   *
   * @param text the one it was said of
   */
  static Problem of(Diagnostic diagnostic, Lines text) {
    String rule =
        diagnostic.getCode() != null && diagnostic.getCode().isLeft()
            ? diagnostic.getCode().getLeft()
            : "";
    String said = diagnostic.getMessage().isLeft() ? diagnostic.getMessage().getLeft() : "";
    return new Problem(
        severity(diagnostic),
        rule.isEmpty() ? said : said + " [" + rule + "]",
        rule,
        diagnostic.getRange().getStart().getLine() + 1,
        text.offset(diagnostic.getRange().getStart()),
        text.offset(diagnostic.getRange().getEnd()),
        json(diagnostic));
  }

  /** The diagnostic that a marker was made of; empty for a marker of others. */
  static Optional<Diagnostic> diagnostic(IMarker marker) {
    String json = marker.getAttribute(DIAGNOSTIC, "");
    return json.isEmpty() ? Optional.empty() : Optional.of(GSON.fromJson(json, Diagnostic.class));
  }

  Map<String, Object> attributes() {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(IMarker.SEVERITY, severity);
    attributes.put(IMarker.MESSAGE, message);
    attributes.put(IMarker.LINE_NUMBER, line);
    attributes.put(IMarker.CHAR_START, start);
    attributes.put(IMarker.CHAR_END, end);
    attributes.put(IMarker.SOURCE_ID, "pinion");
    attributes.put(RULE, rule);
    attributes.put(DIAGNOSTIC, diagnostic);
    return attributes;
  }

  private static int severity(Diagnostic diagnostic) {
    DiagnosticSeverity severity = diagnostic.getSeverity();
    return severity == DiagnosticSeverity.Error
        ? IMarker.SEVERITY_ERROR
        : severity == DiagnosticSeverity.Warning ? IMarker.SEVERITY_WARNING : IMarker.SEVERITY_INFO;
  }

  private static String json(Diagnostic diagnostic) {
    String all = GSON.toJson(diagnostic);
    if (all.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
      return all;
    }
    Diagnostic less = GSON.fromJson(all, Diagnostic.class);
    less.setRelatedInformation(List.of());
    String rest = GSON.toJson(less);
    return rest.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES ? rest : "";
  }
}
