// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Messages that nobody should send: cut, of another form, or with something else in the place of a
 * value. They are about files of which nobody expects anything.
 */
final class MalformedTalk {
  private static final List<String> JUNK =
      List.of("", "0", "file:///no/such", "\u0000", "ünï€𝄞", "../..", "pinion.atlas", "-1", "{");

  private final Path root;
  private final Random random;
  private final FuzzParams params;
  private int said;

  /**
   * @param root of the tree beside which the files would be
   */
  MalformedTalk(Path root, Random random, FuzzParams params) {
    this.root = root;
    this.random = random;
    this.params = params;
  }

  /** Says one. */
  void say(RawClient client) throws IOException {
    Path victim = root.resolveSibling("victim").resolve("v" + random.nextInt(3) + ".c");
    switch (random.nextInt(6)) {
      case 0 -> client.raw(junk());
      case 1 -> client.body("[".repeat(1 + random.nextInt(4000)));
      case 2 -> {
        String body = victim(victim).toString();
        client.body(body.substring(0, random.nextInt(body.length())));
      }
      case 3 -> {
        String body = victim(victim).toString();
        int length = random.nextInt(body.length());
        client.raw(
            ("Content-Length: " + length + "\r\n\r\n" + body + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      default -> {
        JsonObject message = victim(victim);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          spoil(message);
        }
        client.send(message);
      }
    }
  }

  private byte[] junk() {
    String header =
        List.of(
                "garbage\r\n",
                "Content-Length: x\r\n\r\n",
                "Content-Length: -5\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Content-Type: x\r\n\r\n",
                "Content-Length:\r\n\r\n",
                "\r\n\r\n\r\n",
                ": : :\r\n")
            .get(random.nextInt(8));
    return header.getBytes(StandardCharsets.UTF_8);
  }

  private JsonObject victim(Path file) {
    JsonObject given =
        switch (random.nextInt(3)) {
          case 0 -> params.at(file, "");
          case 1 -> params.codeAction(file, "");
          default -> FuzzParams.document(file);
        };
    JsonObject item = given.getAsJsonObject("textDocument");
    item.addProperty("version", random.nextInt(5));
    item.addProperty("text", params.word());
    item.addProperty("languageId", "c");
    given.add("contentChanges", FuzzParams.text(params.word()));
    given.addProperty("command", Commands.ATLAS);
    JsonArray arguments = new JsonArray();
    arguments.add(Uris.of(file));
    given.add("arguments", arguments);
    List<String> methods =
        List.of(
            "textDocument/didOpen",
            "textDocument/didChange",
            "textDocument/didSave",
            "textDocument/didClose",
            "textDocument/hover",
            "textDocument/codeAction",
            "textDocument/codeLens",
            "workspace/executeCommand",
            "workspace/didChangeConfiguration",
            "workspace/didChangeWorkspaceFolders",
            "window/workDoneProgress/cancel",
            "$/cancelRequest",
            "no/such");
    JsonObject message = RawClient.message(methods.get(random.nextInt(methods.size())), given);
    if (random.nextBoolean()) {
      message.addProperty("id", 1_000_000 + said++);
    }
    return message;
  }

  /** Puts something else in the place of a random value, or takes it away. */
  private void spoil(JsonObject message) {
    JsonObject at = message;
    while (true) {
      List<String> keys = new ArrayList<>(at.keySet());
      if (keys.isEmpty()) {
        return;
      }
      String key = keys.get(random.nextInt(keys.size()));
      if (at.get(key).isJsonObject() && random.nextInt(4) != 0) {
        at = at.getAsJsonObject(key);
      } else if (random.nextInt(5) == 0) {
        at.remove(key);
        return;
      } else {
        at.add(key, something());
        return;
      }
    }
  }

  private JsonElement something() {
    return switch (random.nextInt(7)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextInt());
      case 2 -> new JsonPrimitive(1e300);
      case 3 -> new JsonPrimitive(random.nextBoolean());
      case 4 -> new JsonArray();
      case 5 -> new JsonObject();
      default -> new JsonPrimitive(JUNK.get(random.nextInt(JUNK.size())));
    };
  }
}
