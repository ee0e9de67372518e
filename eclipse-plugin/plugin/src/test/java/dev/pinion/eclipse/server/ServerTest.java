// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  private static final String URI = "file:///linux/x.c";

  @TempDir Path folder;
  private final Notes notes = new Notes();

  @Test
  void aServerHearsAllThatHappensToADocument() throws Exception {
    Server server = start();
    OpenText text = open(server, "a\n");
    until(() -> notes.published.contains("x.c 1 a\n"));
    server.changed(URI, text.replace(0, 1, "b"));
    server.changed(URI, text.replace(2, 0, "c"));
    server.saved(URI);
    server.configured();
    server.closed(URI);
    until(() -> notes.published.contains("x.c 0 closed"));
    assertEquals(
        List.of(
            "x.c 1 a\n",
            "x.c 2 b\n",
            "x.c 3 b\nc",
            "x.c 0 saved",
            "settings 0 {\"tier\":\"error\"}",
            "x.c 0 closed"),
        notes.published);
    server.close();
  }

  @Test
  void whatHappensBeforeItIsReadyIsInWhatItIsTold() throws Exception {
    Server server = start();
    OpenText text = open(server, "a");
    server.changed(URI, text.replace(1, 0, "b"));
    server.changed(URI, text.replace(2, 0, "c"));
    until(() -> !notes.published.isEmpty());
    server.changed(URI, text.replace(3, 0, "d"));
    until(() -> notes.published.contains("x.c 4 abcd"));
    assertEquals(List.of("x.c 3 abc", "x.c 4 abcd"), notes.published);
    server.close();
  }

  @Test
  void settingsThatChangeWhileItStartsAreTold() throws Exception {
    Server server = start();
    open(server, "a");
    until(() -> notes.asked);
    notes.tier = "latent";
    server.configured();
    until(() -> notes.published.contains("settings 0 {\"tier\":\"latent\"}"));
    server.close();
  }

  @Test
  void whatIsOpenIsNotOpenedTwice() throws Exception {
    Server server = start();
    OpenText text = open(server, "a");
    until(() -> notes.published.contains("x.c 1 a"));
    server.opened(text);
    server.saved(URI);
    until(() -> notes.published.contains("x.c 0 saved"));
    assertEquals(List.of("x.c 1 a", "x.c 0 saved"), notes.published);
    server.close();
  }

  @Test
  void aDeadServerIsReplacedByOneThatKnowsTheSame() throws Exception {
    Server server = start();
    OpenText text = open(server, "a");
    until(() -> notes.published.contains("x.c 1 a"));
    assertEquals("work", command(server, "work").get(20, TimeUnit.SECONDS));
    until(() -> notes.progress.size() == 1);
    CompletableFuture<Object> lastQuestion = command(server, "die");
    server.changed(URI, text.replace(1, 0, "b"));
    until(() -> notes.published.contains("x.c 2 ab"));
    assertThrows(ExecutionException.class, () -> lastQuestion.get(20, TimeUnit.SECONDS));
    assertEquals(List.of("begin", "end"), notes.progress);
    assertEquals(1, notes.notes.size());
    String note = notes.notes.get(0);
    assertTrue(
        note.startsWith("Pinion's server for " + folder + " ended with status 9: ")
            && note.contains("the fake server begins")
            && note.endsWith("; it is started again"),
        note);
    assertEquals(List.of(), notes.problems);
    server.close();
  }

  @Test
  void oneThatDiesAgainAndAgainIsGivenUp() throws Exception {
    Path starts = folder.resolve("starts");
    Server server =
        new Server(
            List.of("sh", "-c", "echo x >>" + starts + "; echo no Java here >&2; exit 2"),
            folder,
            notes);
    open(server, "a");
    until(() -> !notes.forgotten.isEmpty());
    assertEquals(Restarts.LIMIT, Files.readAllLines(starts).size());
    assertEquals(List.of(URI), notes.forgotten);
    assertEquals(1, notes.problems.size());
    assertTrue(
        notes
            .problems
            .get(0)
            .contains("ended with status 2: no Java here; that was time 5 in 3 minutes"),
        notes.problems.get(0));
    server.close();
  }

  @Test
  void whatCannotBeStartedIsSaidOnce() throws Exception {
    Server server = new Server(List.of(folder + "/pinion", "lsp"), folder, notes);
    open(server, "a");
    until(() -> !notes.forgotten.isEmpty());
    OpenText other = new OpenText("file:///linux/y.c", "");
    server.opened(other);
    assertThrows(ExecutionException.class, () -> command(server, "x").get(20, TimeUnit.SECONDS));
    assertEquals(1, notes.problems.size());
    assertTrue(
        notes.problems.get(0).startsWith("Pinion cannot be started: "), notes.problems.get(0));
    server.close();
  }

  @Test
  void itEndsInOrder() throws Exception {
    Server server = start();
    open(server, "a");
    until(() -> !notes.published.isEmpty());
    ProcessHandle process = child("java");
    server.close();
    assertFalse(process.isAlive());
    assertTrue(Files.exists(folder.resolve("goodbye")));
    assertEquals(List.of(), notes.problems);
    assertThrows(ExecutionException.class, () -> command(server, "x").get(20, TimeUnit.SECONDS));
  }

  @Test
  void oneThatDoesNotListenIsEnded() throws Exception {
    Path began = folder.resolve("began");
    Server server =
        new Server(List.of("sh", "-c", "echo x >" + began + "; exec sleep 600"), folder, notes);
    open(server, "a");
    until(() -> Files.exists(began));
    ProcessHandle process = child("sleep|.*sh");
    server.close();
    process.onExit().get(10, TimeUnit.SECONDS);
    assertEquals(List.of(), notes.problems);
  }

  private Server start() {
    return new Server(FakeServer.command(folder.resolve("goodbye")), folder, notes);
  }

  private static OpenText open(Server server, String text) {
    OpenText open = new OpenText(URI, text);
    server.opened(open);
    return open;
  }

  private static CompletableFuture<Object> command(Server server, String name) {
    return server.ask(
        to -> to.getWorkspaceService().executeCommand(new ExecuteCommandParams(name, List.of())));
  }

  private static ProcessHandle child(String command) {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().command().orElse("").matches(".*/(" + command + ")"))
        .findFirst()
        .orElseThrow();
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not in 30 s");
      Thread.sleep(10);
    }
  }

  /** An editor that only writes down. */
  private static final class Notes implements Editor {
    final List<String> published = new CopyOnWriteArrayList<>();
    final List<String> forgotten = new CopyOnWriteArrayList<>();
    final List<String> progress = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    final List<String> problems = new CopyOnWriteArrayList<>();
    volatile String tier = "error";
    volatile boolean asked;

    @Override
    public JsonObject settings() {
      JsonObject settings = new JsonObject();
      settings.addProperty("tier", tier);
      asked = true;
      return settings;
    }

    @Override
    public void published(PublishDiagnosticsParams params) {
      String name = params.getUri().substring(params.getUri().lastIndexOf('/') + 1);
      String said = params.getDiagnostics().get(0).getMessage().getLeft();
      published.add(name + " " + params.getVersion() + " " + said);
    }

    @Override
    public void forgotten(List<String> uris) {
      forgotten.addAll(uris);
    }

    @Override
    public void progress(String key, WorkDoneProgressNotification step, Runnable cancel) {
      progress.add(step.getKind().name());
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }

    @Override
    public void problem(String line) {
      problems.add(line);
    }
  }
}
