// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pinion.analyzer.rule.RuleGlobs;
import dev.pinion.analyzer.rule.Tier;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user has set.
 *
 * @param tier the lowest tier that is shown
 * @param rules which rules are shown
 * @param run when to analyse
 * @param scope in which files findings are shown
 * @param store the store's folder, {@code "none"}, or empty for the user's cache folder
 * @param docs where the rules' pages are on the web, with a slash at its end; empty for nowhere
 * @param baseline the file with the findings that are accepted, from the tree's root; {@code
 *     "none"} for none
 */
record Settings(
    Tier tier, RuleGlobs rules, Run run, Scope scope, String store, String docs, String baseline) {
  static final Settings DEFAULT =
      new Settings(
          Tier.WARNING,
          RuleGlobs.ALL,
          Run.ON_TYPE,
          Scope.OPEN_FILES,
          "",
          "",
          ".pinion/baseline.json");

  /** The baseline of a tree; empty if it has none, or if the setting is no path. */
  Optional<Path> baselineOf(Path root) {
    try {
      return baseline.isBlank() || baseline.equals("none")
          ? Optional.empty()
          : Optional.of(root.resolve(baseline));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** When to analyse. */
  enum Run {
    ON_TYPE,
    ON_SAVE
  }

  /** In which files findings are shown. */
  enum Scope {
    /** Files that are open in the editor. */
    OPEN_FILES,
    /** All files below the folders that are open in the editor. */
    FOLDERS
  }

  /**
   * Settings and what was wrong with them.
   *
   * @param problems one line each, for the user; a bad value leaves what was there before
   */
  record Read(Settings settings, List<String> problems) {
    Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads settings as a client sends them: an object, or an object with all of it under {@code
   * pinion}. What is absent stays as it is here.
   *
   * @param json {@code initializationOptions} or a {@code didChangeConfiguration}'s settings
   */
  Read with(@Nullable Object json) {
    JsonElement element = json instanceof JsonElement e ? e : new Gson().toJsonTree(json);
    if (!element.isJsonObject()) {
      return new Read(this, List.of());
    }
    JsonObject object = element.getAsJsonObject();
    if (object.has("pinion") && object.get("pinion").isJsonObject()) {
      object = object.getAsJsonObject("pinion");
    }
    Reader in = new Reader(object, new ArrayList<>());
    Settings settings =
        new Settings(
            in.choice("tier", "error, warning or latent", Settings::tierOf).orElse(tier),
            in.strings("rules").map(RuleGlobs::new).orElse(rules),
            in.choice("run", "onType or onSave", Settings::runOf).orElse(run),
            in.choice("scope", "openFiles or folders", Settings::scopeOf).orElse(scope),
            in.string("store").orElse(store),
            in.string("docs").map(Settings::folder).orElse(docs),
            in.string("baseline").orElse(baseline));
    return new Read(settings, in.problems());
  }

  private static Optional<Tier> tierOf(String text) {
    return List.of(Tier.values()).stream().filter(t -> t.label().equals(text)).findFirst();
  }

  private static Optional<Run> runOf(String text) {
    return switch (text) {
      case "onType" -> Optional.of(Run.ON_TYPE);
      case "onSave" -> Optional.of(Run.ON_SAVE);
      default -> Optional.empty();
    };
  }

  private static Optional<Scope> scopeOf(String text) {
    return switch (text) {
      case "openFiles" -> Optional.of(Scope.OPEN_FILES);
      case "folders" -> Optional.of(Scope.FOLDERS);
      default -> Optional.empty();
    };
  }

  private static String folder(String url) {
    return url.isEmpty() || url.endsWith("/") ? url : url + "/";
  }

  private record Reader(JsonObject object, List<String> problems) {
    Optional<String> string(String key) {
      JsonElement value = object.get(key);
      if (value == null || value.isJsonNull()) {
        return Optional.empty();
      }
      if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
        return Optional.of(value.getAsString());
      }
      return bad(key, value, "a string");
    }

    <T> Optional<T> choice(String key, String choices, Function<String, Optional<T>> parse) {
      Optional<String> text = string(key);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      Optional<T> value = parse.apply(text.get());
      return value.isPresent() ? value : bad(key, object.get(key), choices);
    }

    Optional<List<String>> strings(String key) {
      JsonElement value = object.get(key);
      if (value == null || value.isJsonNull()) {
        return Optional.empty();
      }
      if (!value.isJsonArray()) {
        return bad(key, value, "a list of strings");
      }
      List<String> strings = new ArrayList<>();
      for (JsonElement element : value.getAsJsonArray()) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
          return bad(key, value, "a list of strings");
        }
        strings.add(element.getAsString());
      }
      return Optional.of(strings);
    }

    private <T> Optional<T> bad(String key, JsonElement value, String wanted) {
      problems.add("pinion: setting pinion." + key + " is " + value + ", should be " + wanted);
      return Optional.empty();
    }
  }
}
