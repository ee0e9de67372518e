// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.ClientFeatures.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * What a hover over findings says: what the rule is about; and the story, if the editor does not
 * show related information, which it would do right beside the hover.
 */
final class Hovers {
  private final Analyzer analyzer;
  private final ClientFeatures features;

  Hovers(Analyzer analyzer, ClientFeatures features) {
    this.analyzer = analyzer;
    this.features = features;
  }

  /** Empty where no findings are. */
  Optional<Hover> over(List<Shown> findings) {
    if (findings.isEmpty()) {
      return Optional.empty();
    }
    boolean markdown = features.has(Feature.MARKDOWN_HOVER);
    List<String> parts = new ArrayList<>();
    for (Shown shown : findings) {
      parts.add(markdown ? markdown(shown) : plain(shown));
    }
    String separator = markdown ? "\n\n---\n\n" : "\n\n";
    MarkupContent content =
        new MarkupContent(
            markdown ? MarkupKind.MARKDOWN : MarkupKind.PLAINTEXT, String.join(separator, parts));
    return Optional.of(new Hover(content, findings.get(0).diagnostic().getRange()));
  }

  /**
   * The same with what the atlas knows of the word.
   *
   * @param known Markdown; empty for nothing
   */
  Optional<Hover> over(
      List<Shown> findings, String known, OpenDocument document, Position position) {
    Optional<Hover> hover = over(findings);
    if (known.isEmpty()) {
      return hover;
    }
    boolean markdown = features.has(Feature.MARKDOWN_HOVER);
    String before =
        hover
            .map(h -> h.getContents().getRight().getValue() + (markdown ? "\n\n---\n\n" : "\n\n"))
            .orElse("");
    Range word =
        PointedWord.at(Lines.of(document.text()), position)
            .map(PointedWord::range)
            .orElse(new Range(position, position));
    return Optional.of(
        new Hover(
            new MarkupContent(
                markdown ? MarkupKind.MARKDOWN : MarkupKind.PLAINTEXT,
                before + (markdown ? known : withoutMarks(known))),
            hover.map(Hover::getRange).orElse(word)));
  }

  private static String withoutMarks(String markdown) {
    return markdown
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replaceAll("\\*\\*|`|  $", "")
        .replaceAll("(?m)[ ]+$", "");
  }

  private String markdown(Shown shown) {
    StringBuilder text = new StringBuilder();
    text.append("`").append(shown.finding().rule()).append("`\n\n");
    analyzer
        .page(shown.finding().rule())
        .ifPresent(page -> text.append(PageExcerpt.of(page)).append("\n\n"));
    int step = 1;
    for (Shown.Place place : story(shown)) {
      int line = place.range().getStart().getLine() + 1;
      text.append(step++).append(". [").append(place.file()).append(':').append(line);
      text.append("](").append(place.uri()).append("#L").append(line).append(") ");
      text.append(place.message()).append('\n');
    }
    return text.toString().strip();
  }

  private String plain(Shown shown) {
    StringBuilder text = new StringBuilder();
    text.append(shown.finding().rule()).append(": ").append(shown.finding().message());
    for (Shown.Place place : story(shown)) {
      text.append('\n').append(place.file()).append(':');
      text.append(place.range().getStart().getLine() + 1).append(": ").append(place.message());
    }
    return text.toString();
  }

  private List<Shown.Place> story(Shown shown) {
    return features.has(Feature.RELATED_INFORMATION) ? List.of() : shown.related();
  }
}
