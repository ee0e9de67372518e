// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eclipse.lsp4j.Position;

/** Random parameters of requests about a text, from one source of numbers. */
final class FuzzParams {
  private final Random random;
  private final List<String> vocabulary;

  FuzzParams(Random random, List<String> vocabulary) {
    this.random = random;
    this.vocabulary = List.copyOf(vocabulary);
  }

  String word() {
    return vocabulary.get(random.nextInt(vocabulary.size()));
  }

  static JsonArray text(String text) {
    JsonObject change = new JsonObject();
    change.addProperty("text", text);
    JsonArray changes = new JsonArray();
    changes.add(change);
    return changes;
  }

  static JsonObject document(Path file) {
    JsonObject id = new JsonObject();
    id.addProperty("uri", Uris.of(file));
    JsonObject params = new JsonObject();
    params.add("textDocument", id);
    return params;
  }

  JsonObject at(Path file, String text) {
    JsonObject params = document(file);
    int line = random.nextInt(Lines.of(text).count() + 1);
    params.add("position", new Gson().toJsonTree(new Position(line, random.nextInt(30))));
    return params;
  }

  JsonObject codeAction(Path file, String text) {
    JsonObject params = at(file, text);
    JsonElement position = params.remove("position");
    JsonObject range = new JsonObject();
    range.add("start", position);
    range.add("end", position.deepCopy());
    params.add("range", range);
    JsonObject context = new JsonObject();
    context.add("diagnostics", new JsonArray());
    if (random.nextInt(4) == 0) {
      JsonArray only = new JsonArray();
      only.add("source.fixAll");
      context.add("only", only);
    }
    params.add("context", context);
    return params;
  }
}
