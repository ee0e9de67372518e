// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.FieldAnswer;
import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.lsp4j.Position;

/**
 * What the client wants to know of a document, asked on the thread that analyses. No answer fails:
 * where nothing can be found out, or where the document has changed meanwhile, there is nothing.
 */
final class Questions {
  private final OpenDocuments documents;
  private final Checker checker;
  private final AnalysisLoop loop;

  Questions(OpenDocuments documents, Checker checker, AnalysisLoop loop) {
    this.documents = documents;
    this.checker = checker;
    this.loop = loop;
  }

  /** The fixes of findings in a document that hold for it as it is now. */
  CompletableFuture<List<CheckedFix.Offered>> fixes(
      OpenDocument document, List<Shown> shown, Analysis.Fixing how) {
    Set<Finding> findings = new HashSet<>();
    shown.stream()
        .map(Shown::finding)
        .filter(f -> f.fixes().stream().anyMatch(Fix::isComplete))
        .forEach(findings::add);
    if (findings.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return ask(
        document, List.of(), (analysis, job, over) -> analysis.fixes(job, findings, how, over));
  }

  /** What the atlas knows of the word at a place, in Markdown; empty if that is nothing. */
  CompletableFuture<String> about(OpenDocument document, Position position) {
    Optional<PointedWord> word = PointedWord.at(Lines.of(document.text()), position);
    Optional<OpenDocument.Place> place = document.place();
    // While a tree is read for the first time, a hover would have to wait for its end.
    if (word.isEmpty() || place.isEmpty() || !checker.hasScanned(place.get().root())) {
      return CompletableFuture.completedFuture("");
    }
    String file = place.get().file();
    AtlasText text = new AtlasText(links(place.get().root()), AtlasText.SOME);
    return atlas(
        document, "", questions -> questions.about(word.get(), file, position.getLine() + 1, text));
  }

  /** The RCU lists of a document's structs. */
  CompletableFuture<List<FieldAnswer>> rcuLists(OpenDocument document) {
    String file = document.place().map(OpenDocument.Place::file).orElse("");
    return atlas(document, List.of(), questions -> questions.rcuLists(file));
  }

  /** A page of the atlas about a name in the tree of a document; empty if it knows none. */
  CompletableFuture<Optional<MarkdownPage>> page(OpenDocument document, String noun, String name) {
    Optional<Path> root = document.place().map(OpenDocument.Place::root);
    if (root.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    AtlasText text = new AtlasText(links(root.get()), AtlasText.ALL);
    return atlas(
        document,
        Optional.empty(),
        questions ->
            questions
                .page(noun, name, text)
                .map(
                    t -> new MarkdownPage("atlas " + name, "# " + Links.plain(name) + "\n\n" + t)));
  }

  private Links links(Path root) {
    return new Links(new TreeText(root, documents.in(root)));
  }

  private <T> CompletableFuture<T> atlas(
      OpenDocument document, T nothing, Function<AtlasQuestions, T> question) {
    return ask(
        document,
        nothing,
        (analysis, job, over) ->
            analysis
                .ask(job, atlas -> question.apply(new AtlasQuestions(atlas)), over)
                .orElse(nothing));
  }

  private <T> CompletableFuture<T> ask(
      OpenDocument document, T nothing, Checker.Asking<T> question) {
    if (document.place().isEmpty()) {
      return CompletableFuture.completedFuture(nothing);
    }
    Path root = document.place().get().root();
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.ask(
        root,
        cancelled -> {
          BooleanSupplier over =
              () -> cancelled.getAsBoolean() || answer.isCancelled() || !isCurrent(document);
          T found = over.getAsBoolean() ? nothing : checker.ask(root, nothing, over, question);
          answer.complete(isCurrent(document) ? found : nothing);
        });
    return answer;
  }

  private boolean isCurrent(OpenDocument document) {
    return documents
        .get(document.uri())
        .filter(now -> now.revision() == document.revision())
        .isPresent();
  }
}
