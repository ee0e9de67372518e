// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.AnalysisLoop.UnderWay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/** From initialize to shutdown: what happens in the editor, and which trees to analyse because. */
final class Session implements AutoCloseable {
  private static final Duration NOW = Duration.ZERO;

  /** Editors that restore a session open many files in a row. */
  private static final Duration SOON = Duration.ofMillis(20);

  private static final long LEAST_PAUSE_MILLIS = 40;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Editor editor;
  private final OpenDocuments documents = new OpenDocuments();
  private final Folders folders;
  private final Health health;
  private final Publisher publisher;
  private final Checker checker;
  private final AnalysisLoop loop;
  private final Questions questions;
  private final Pages pages;
  private final Commands commands;
  private final DiskWatch disk;
  private final Settings initial;
  private volatile Settings settings;

  /**
   * @param options the client's {@code initializationOptions}
   */
  Session(Analyzer analyzer, Editor editor, @Nullable Object options, List<Path> opened) {
    this.editor = editor;
    this.folders = new Folders(analyzer);
    opened.forEach(folders::add);
    this.initial = read(Settings.DEFAULT, options);
    this.settings = initial;
    this.health = new Health(editor::status);
    this.publisher = new Publisher(editor.client(), editor.features(), documents);
    this.checker =
        new Checker(analyzer, editor, documents, folders, publisher, health, () -> settings);
    this.loop = new AnalysisLoop(checker);
    this.questions = new Questions(documents, checker, loop);
    this.pages = new Pages(editor);
    this.commands = new Commands(analyzer, this, editor, pages);
    this.disk = new DiskWatch();
  }

  OpenDocuments documents() {
    return documents;
  }

  Publisher publisher() {
    return publisher;
  }

  Commands commands() {
    return commands;
  }

  Questions questions() {
    return questions;
  }

  Settings settings() {
    return settings;
  }

  /** The client is ready to be told things. */
  void start() {
    health.quiescent();
  }

  void opened(String uri, @Nullable Integer version, String text) {
    OpenDocument document = documents.open(uri, folders.place(uri), version, text);
    if (document.place().isEmpty() && Uris.path(uri).isPresent()) {
      editor.log(
          MessageType.Info,
          "pinion: "
              + uri
              + " is not C in a kernel tree or an open folder, so it is not analysed; open its"
              + " folder");
    }
    request(document, SOON);
  }

  void changed(
      String uri, @Nullable Integer version, List<TextDocumentContentChangeEvent> changes) {
    Optional<OpenDocument> document = documents.change(uri, version, changes);
    if (document.isEmpty()) {
      editor.log(MessageType.Warning, "pinion: change of " + uri + ", which is not open: ignored");
    } else if (settings.run() == Settings.Run.ON_TYPE) {
      request(document.get(), pause());
    }
  }

  void saved(String uri) {
    documents.get(uri).ifPresent(this::saved);
  }

  private void saved(OpenDocument document) {
    document.place().ifPresent(place -> checker.diskChanged(place.root()));
    request(document, NOW);
  }

  void closed(String uri) {
    Optional<OpenDocument> document = documents.close(uri);
    if (settings.scope() == Settings.Scope.OPEN_FILES) {
      publisher.clear(uri);
    }
    document.flatMap(OpenDocument::place).ifPresent(place -> closedIn(place.root()));
  }

  private void closedIn(Path root) {
    // What was not saved is gone, and what the disk has instead may differ.
    checker.diskChanged(root);
    if (!documents.in(root).isEmpty() || settings.scope() == Settings.Scope.FOLDERS) {
      request(root, SOON);
    } else {
      loop.drop(root);
    }
  }

  /** Files have changed behind the editor's back. */
  void diskChanged() {
    for (Path root : roots()) {
      checker.diskChanged(root);
      request(root, SOON);
    }
  }

  /** Shows how a slow scan does, and compares the disk with how it was; for the polling thread. */
  void poll() {
    checker.tick();
    for (Path root : disk.changedSince(documents.all())) {
      checker.diskChanged(root);
      request(root, SOON);
    }
  }

  void foldersChanged(List<Path> added, List<Path> removed) {
    Set<Path> before = roots();
    removed.forEach(folders::remove);
    added.forEach(folders::add);
    for (OpenDocument document : documents.all()) {
      Optional<OpenDocument.Place> place = folders.place(document.uri());
      if (!place.equals(document.place())) {
        documents.place(document.uri(), place);
      }
    }
    Set<Path> after = roots();
    for (Path root : before) {
      if (!after.contains(root)) {
        loop.drop(root);
        publisher.clear(root);
        health.forget(root);
      }
    }
    after.forEach(root -> request(root, SOON));
  }

  /**
   * New settings.
   *
   * @param json as the client sends them; what they do not name is as it was at the start
   */
  void configure(@Nullable Object json) {
    Settings old = settings;
    Settings now = read(initial, json);
    settings = now;
    if (now.equals(old)) {
      return;
    }
    if (now.scope() != old.scope()) {
      publisher.clearClosed();
    }
    roots().forEach(root -> request(root, NOW));
  }

  /** Another state of a tree is to be shown at once, since somebody has asked for it. */
  void refresh(Path root) {
    request(root, NOW);
  }

  /** Forgets what is in memory of all trees and reads them again. */
  void rebuild() {
    checker.rebuild();
    roots().forEach(root -> request(root, NOW));
  }

  /**
   * Checks commits; what is typed meanwhile is analysed after them.
   *
   * @return fails with an {@link AnalysisException}, or if the user has cancelled it
   */
  CompletableFuture<Analysis.Checked> check(Analysis.Commits commits) {
    CompletableFuture<Analysis.Checked> answer = new CompletableFuture<>();
    CommitProgress progress = new CommitProgress(editor, commits.range(), answer);
    health.busy();
    loop.ask(
        commits.folder().resolve(commits.range()), // Goes on whatever happens to the tree.
        cancelled -> {
          BooleanSupplier over = () -> cancelled.getAsBoolean() || answer.isDone();
          try (progress) {
            if (!over.getAsBoolean()) {
              answer.complete(checker.check(commits, progress, over));
            }
            answer.cancel(false);
          } catch (AnalysisException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** The user has pressed cancel on a progress bar. */
  void cancelled(String token) {
    editor.cancel(token);
    Optional<Path> root = editor.treeOf(token);
    if (root.isPresent()) {
      loop.cancel(root.get());
      health.degraded(
          root.get(),
          "indexing of " + root.get() + " was cancelled; save a file to start it again");
    }
  }

  private Settings read(Settings base, @Nullable Object json) {
    Settings.Read read = base.with(json);
    read.problems().forEach(problem -> editor.log(MessageType.Warning, problem));
    return read.settings();
  }

  private void request(OpenDocument document, Duration delay) {
    document.place().ifPresent(place -> request(place.root(), delay));
  }

  private void request(Path root, Duration delay) {
    health.busy();
    loop.request(root, delay, checker.hasScanned(root) ? UnderWay.CANCELLED : UnderWay.FINISHED);
  }

  /** Half as long as an analysis takes: short where it is cheap, and no storm where it is not. */
  private Duration pause() {
    long half = checker.lastScanMillis() / 2;
    return Duration.ofMillis(Math.max(LEAST_PAUSE_MILLIS, Math.min(half, LONGEST_PAUSE_MILLIS)));
  }

  private Set<Path> roots() {
    Set<Path> roots = new TreeSet<>();
    for (OpenDocument document : documents.all()) {
      document.place().ifPresent(place -> roots.add(place.root()));
    }
    return roots;
  }

  @Override
  public void close() {
    pages.close();
    loop.close();
    if (loop.ended()) {
      checker.close();
    }
  }
}
