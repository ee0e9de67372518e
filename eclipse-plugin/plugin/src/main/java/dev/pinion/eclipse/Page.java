// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to read, as commands of the server answer with.
 *
 * @param markdown the text
 */
record Page(String title, String markdown) {

  /** The page in a command's answer, if it is one. */
  static Optional<Page> of(@Nullable Object answer) {
    JsonElement json = answer instanceof JsonElement e ? e : new Gson().toJsonTree(answer);
    if (!json.isJsonObject()) {
      return Optional.empty();
    }
    JsonObject object = json.getAsJsonObject();
    return isText(object.get("title")) && isText(object.get("markdown"))
        ? Optional.of(
            new Page(object.get("title").getAsString(), object.get("markdown").getAsString()))
        : Optional.empty();
  }

  private static boolean isText(@Nullable JsonElement element) {
    return element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }
}
