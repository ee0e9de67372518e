// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A client of bytes and JSON, which can say what no library would. Answers what it is asked. */
final class RawClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /** What a file shows, with the version of the buffer it was computed from. */
  record Shown(Optional<Integer> version, List<String> lines) {}

  /** What the server's library logs of each malformed message, with a trace of its stack. */
  private static final Logger NOISE = Logger.getLogger("org.eclipse.lsp4j");

  private final OutputStream out;
  private final InputStream in;
  private final Map<String, Shown> shown = new HashMap<>();
  private final Set<Integer> waiting = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();
  private int nextId = 1;
  private int heard;
  private Optional<Integer> status = Optional.empty();

  /** Starts a server in this process and connects to it; says nothing yet. */
  RawClient(Analyzer analyzer) throws IOException {
    NOISE.setLevel(Level.OFF);
    Pipe there = Pipe.open();
    Pipe back = Pipe.open();
    InputStream serverIn = Channels.newInputStream(there.source());
    OutputStream serverOut = Channels.newOutputStream(back.sink());
    daemon(
        "server-under-test",
        () -> {
          int exit = LspServer.serve(serverIn, serverOut, analyzer, Duration.ofMillis(100));
          ended(exit);
        });
    out = Channels.newOutputStream(there.sink());
    in = Channels.newInputStream(back.source());
    daemon("client", this::listen);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void ended(int exit) {
    status = Optional.of(exit);
    notifyAll();
  }

  /** Bytes as they are. */
  void raw(byte[] bytes) throws IOException {
    synchronized (out) {
      out.write(bytes);
      out.flush();
    }
  }

  void body(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] header =
        ("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(header);
      out.write(bytes);
      out.flush();
    }
  }

  void send(JsonObject message) throws IOException {
    body(message.toString());
  }

  static JsonObject message(String method, JsonElement params) {
    JsonObject message = new JsonObject();
    message.addProperty("jsonrpc", "2.0");
    message.addProperty("method", method);
    message.add("params", params);
    return message;
  }

  /** Sends a request, the answer to which is waited for later. */
  int request(String method, JsonElement params) throws IOException {
    int id;
    synchronized (this) {
      id = nextId++;
      waiting.add(id);
    }
    JsonObject message = message(method, params);
    message.addProperty("id", id);
    send(message);
    return id;
  }

  /** Waits until all requests have been answered, one way or the other. */
  void awaitAnswers() throws InterruptedException {
    await("answers to " + waiting, waiting::isEmpty);
  }

  /** Waits until a condition holds, which sees this client's state. */
  synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (status.isPresent()) {
        throw new AssertionError("the server ended with " + status.get() + ", no " + what);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no " + what + "; " + complaints);
      }
      wait(left);
    }
  }

  /** What a file shows; nothing if it was never spoken of. */
  synchronized Shown shown(String uri) {
    return shown.getOrDefault(uri, new Shown(Optional.empty(), List.of()));
  }

  /** What the server has said in its log that it should not have to. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  synchronized int heard() {
    return heard;
  }

  private void listen() {
    try {
      for (Optional<String> body = read(); body.isPresent(); body = read()) {
        take(JsonParser.parseString(body.get()).getAsJsonObject());
      }
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        complaints.add("the client: " + e);
        notifyAll();
      }
    }
  }

  private Optional<String> read() throws IOException {
    StringBuilder header = new StringBuilder();
    while (header.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      header.append((char) next);
    }
    String first = header.toString().lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    if (!first.startsWith("content-length:")) {
      throw new IOException("something else than the protocol: " + first);
    }
    int length = Integer.parseInt(first.substring("content-length:".length()).strip());
    return Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private synchronized void take(JsonObject message) throws IOException {
    heard++;
    JsonElement id = message.get("id");
    if (!message.has("method")) {
      if (id != null && id.isJsonPrimitive() && id.getAsString().matches("\\d+")) {
        waiting.remove(id.getAsInt());
      }
    } else if (id != null) {
      JsonObject answer = new JsonObject();
      answer.addProperty("jsonrpc", "2.0");
      answer.add("id", id);
      answer.add("result", JsonNull.INSTANCE);
      daemon("answer", () -> answer(answer)); // The listener itself must not wait for the server.
    } else {
      told(message.get("method").getAsString(), message.get("params"));
    }
    notifyAll();
  }

  private void answer(JsonObject answer) {
    try {
      send(answer);
    } catch (IOException e) {
      ended(-1);
    }
  }

  private void told(String method, JsonElement params) {
    if (method.equals("textDocument/publishDiagnostics")) {
      JsonObject published = params.getAsJsonObject();
      Optional<Integer> version =
          published.has("version")
              ? Optional.of(published.get("version").getAsInt())
              : Optional.empty();
      shown.put(
          published.get("uri").getAsString(),
          new Shown(version, lines(published.getAsJsonArray("diagnostics"))));
    } else if (method.equals("window/logMessage")) {
      String text = params.getAsJsonObject().get("message").getAsString();
      if (text.contains("crashed")) {
        complaints.add(text);
      }
    }
  }

  private static List<String> lines(JsonArray diagnostics) {
    List<String> lines = new ArrayList<>();
    for (JsonElement element : diagnostics) {
      JsonObject one = element.getAsJsonObject();
      JsonObject start = one.getAsJsonObject("range").getAsJsonObject("start");
      lines.add(
          "%d:%d %s [%s]"
              .formatted(
                  start.get("line").getAsInt() + 1,
                  start.get("character").getAsInt() + 1,
                  one.get("message").getAsString(),
                  one.get("code").getAsString()));
    }
    lines.sort(null);
    return lines;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
