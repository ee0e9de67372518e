// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the server ends, and what does not end it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LifeTest {
  @TempDir Path temp;

  @Test
  void exitAfterShutdownIsSuccess() throws Exception {
    Peer peer = new Peer(new FakeAnalyzer());
    peer.initialize(params -> {});
    peer.server.shutdown().get();
    peer.server.exit();
    assertEquals(0, peer.exitStatus());
  }

  @Test
  void exitAloneIsNot() throws Exception {
    Peer peer = new Peer(new FakeAnalyzer());
    peer.initialize(params -> {});
    peer.server.exit();
    assertEquals(1, peer.exitStatus());
  }

  @Test
  void endOfInputEndsTheServer() throws Exception {
    Peer peer = new Peer(new FakeAnalyzer());
    peer.initialize(params -> {});
    peer.endInput();
    assertEquals(1, peer.exitStatus());
  }

  @Test
  void endOfInputBeforeAnythingElseEndsTheServer() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        LspServer.serve(
            new ByteArrayInputStream(new byte[0]), out, new FakeAnalyzer(), Duration.ofMillis(50));
    assertEquals(1, status);
    assertEquals(0, out.size(), "nothing but the protocol is written");
  }

  @Test
  void whatALibraryPrintsDoesNotReachTheProtocol() {
    PrintStream standardOut = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      PrintStream before = System.out;
      InputStream noisy =
          new InputStream() {
            @Override
            public int read() {
              System.out.println("noise of a library");
              return -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
              return read();
            }
          };
      assertEquals(1, LspServer.run(noisy, System.out));
      assertSame(before, System.out);
    } finally {
      System.setOut(standardOut);
    }
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void deathOfTheParentEndsTheServer() throws Exception {
    Process parent = new ProcessBuilder("sleep", "600").start();
    Peer peer = new Peer(new FakeAnalyzer());
    peer.initialize(params -> params.setProcessId((int) parent.pid()));
    assertFalse(peer.ended.isDone());
    parent.destroy();
    assertEquals(1, peer.exitStatus());
  }

  @Test
  void parentThatCannotBeSeenIsNotTakenForDead() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Peer peer = new Peer(new FakeAnalyzer());
    peer.initialize(params -> params.setProcessId((int) gone.pid()));
    Thread.sleep(200); // several polls
    assertFalse(peer.ended.isDone());
    peer.close();
  }

  @Test
  void endDoesNotWaitForAScanThatWillNotStop() throws Exception {
    Path file = Files.writeString(temp.toRealPath().resolve("a.c"), "leak(x)");
    Files.writeString(temp.resolve("Kbuild"), "");
    CountDownLatch inside = new CountDownLatch(1);
    FakeAnalyzer analyzer = new FakeAnalyzer();
    analyzer.during =
        job -> {
          inside.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Peer peer = new Peer(analyzer);
    peer.initialize(params -> {});
    peer.open(file, 1);
    inside.await();
    peer.endInput();
    assertEquals(1, peer.exitStatus());
    assertEquals(List.of(), analyzer.closed, "what is in use is not closed");
  }

  @Test
  void itsThreadsAreDaemons() throws Exception {
    Peer peer = new Peer(new FakeAnalyzer());
    peer.initialize(params -> {});
    List<Thread> own =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("pinion-"))
            .toList();
    assertFalse(own.isEmpty());
    assertEquals(List.of(), own.stream().filter(thread -> !thread.isDaemon()).toList());
    peer.close();
  }

  static List<String> malformed() {
    List<String> bytes = new ArrayList<>();
    bytes.add("garbage without any header\r\n");
    bytes.add("Content-Length: x\r\n\r\n");
    bytes.add("Content-Length: -5\r\n\r\n");
    for (String body :
        List.of(
            "{nope",
            "[]",
            "null",
            "[".repeat(20_000),
            "{'jsonrpc':'2.0'}",
            "{'jsonrpc':'2.0','id':777,'method':'textDocument/hover','params':[17]}",
            "{'jsonrpc':'2.0','id':778,'method':'textDocument/codeAction','params':{}}",
            "{'jsonrpc':'2.0','id':779,'method':'no/such','params':{}}",
            "{'jsonrpc':'2.0','method':'textDocument/didOpen','params':{'a':1}}",
            "{'jsonrpc':'2.0','method':'textDocument/didChange'}",
            "{'jsonrpc':'2.0','method':'workspace/didChangeConfiguration','params':{}}",
            "{'jsonrpc':'2.0','method':'workspace/didChangeWorkspaceFolders','params':{}}")) {
      String json = body.replace('\'', '"');
      bytes.add("Content-Length: " + json.length() + "\r\n\r\n" + json);
    }
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedInputDoesNotKillIt(String bytes) throws Exception {
    Path file = Files.writeString(temp.toRealPath().resolve("a.c"), "leak(x)");
    Files.writeString(temp.resolve("Kbuild"), "");
    Peer peer = new Peer(new FakeAnalyzer());
    peer.raw(bytes);
    peer.initialize(params -> {});
    peer.raw(bytes);
    peer.open(file, 1);
    assertEquals(1, peer.diagnostics(file, 1).size());
    peer.close();
  }
}
