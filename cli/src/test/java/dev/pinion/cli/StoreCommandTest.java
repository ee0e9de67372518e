// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pinion store}: what people ask of a store, and what they get wrong. */
class StoreCommandTest {
  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));
  private Path store = Path.of("");

  @BeforeEach
  void scanned() throws IOException {
    cli =
        new Cli(
                Files.createDirectories(temp.resolve("tree")),
                Files.createDirectories(temp.resolve("cache")))
            .kernel();
    store = temp.resolve("cache/pinion");
    scan().is(1);
  }

  private Cli.Run scan(String... more) {
    return cli.run(
        Stream.concat(
                Stream.of("scan", "--rule", "test-*", "--rule", "!test-crash"), Stream.of(more))
            .toArray(String[]::new));
  }

  private JsonObject info() {
    return JsonParser.parseString(cli.run("store", "info", "--format", "json").is(0).out())
        .getAsJsonObject();
  }

  private static JsonObject version(JsonObject info) {
    JsonArray versions = info.getAsJsonArray("versions");
    return versions.get(versions.size() - 1).getAsJsonObject();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(file -> file.toString().endsWith(".facts")).sorted().toList();
    }
  }

  @Test
  void infoCountsEveryKind() throws IOException {
    String file;
    try (Stream<Path> files = Files.walk(temp.resolve("tree"))) {
      Path found =
          files.filter(f -> f.toString().endsWith(".c")).sorted().findFirst().orElseThrow();
      file = temp.resolve("tree").relativize(found).toString();
    }
    cli.run("atlas", "module", file).is(0); // Nothing before has asked for makefiles.
    JsonObject info = info();
    assertEquals(store.toString(), info.get("folder").getAsString());
    assertEquals(512 << 20, info.get("limit").getAsInt());
    assertEquals(1, info.getAsJsonObject("listings").get("files").getAsInt());
    assertEquals(1, info.getAsJsonObject("scans").get("files").getAsInt());
    JsonObject version = version(info);
    assertTrue(version.get("current").getAsBoolean());
    Map<String, Integer> kinds = new TreeMap<>();
    for (JsonElement kind : version.getAsJsonArray("kinds")) {
      kinds.put(
          kind.getAsJsonObject().get("kind").getAsString(),
          kind.getAsJsonObject().get("entries").getAsInt());
    }
    assertEquals(2, kinds.getOrDefault("facts", 0));
    assertEquals(2, kinds.getOrDefault("makefiles", 0));
    assertEquals(1, kinds.getOrDefault("ledgers", 0));
    assertEquals(1, kinds.getOrDefault("indexes", 0));
    assertTrue(kinds.getOrDefault("verdicts", 0) > 1);
    assertTrue(kinds.keySet().stream().noneMatch(kind -> kind.startsWith("kind ")), "" + kinds);
    String text = cli.run("store", "info").is(0).out();
    assertTrue(text.startsWith("store  " + store + "\nsize   "), text);
    assertTrue(text.contains(" KB of 512.0 MB\n"), text);
    assertTrue(text.contains("(this version)\n"), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("  facts +2  .* B")), text);
  }

  @Test
  void aWholeStoreIsVerified() {
    String text = cli.run("store", "verify").is(0).out();
    assertTrue(
        text.matches("\\d+ entries in .* are as they were written; damaged files: 0\n"), text);
    JsonObject json =
        JsonParser.parseString(cli.run("store", "verify", "--format", "json").is(0).out())
            .getAsJsonObject();
    assertTrue(json.get("entries").getAsInt() > 5);
    assertEquals(0, json.getAsJsonArray("damaged").size());
  }

  @Test
  void aDamagedSegmentIsOneLineThatSaysWhatToDo() throws IOException {
    String expected = scan().out();
    Path segment = segments().get(0);
    byte[] bytes = Files.readAllBytes(segment);
    bytes[60] ^= 1;
    Files.write(segment, bytes);
    Cli.Run run = cli.run("store", "verify").is(1);
    assertEquals(2, run.out().lines().count(), run.out());
    assertTrue(
        run.out().startsWith(segment + ": has 1 of ")
            && run.out().contains(" damaged; remove the file, what it held is computed again\n"),
        run.out());
    JsonObject json =
        JsonParser.parseString(cli.run("store", "verify", "--format", "json").is(1).out())
            .getAsJsonObject();
    assertEquals(
        segment.toString(),
        json.getAsJsonArray("damaged").get(0).getAsJsonObject().get("file").getAsString());
    Files.delete(segment);
    cli.run("store", "verify").is(0);
    assertEquals(expected, scan().is(1).out());
  }

  @Test
  void whatIsNotFinishedOrNotReadableIsToldAndNoDamage() throws IOException {
    Path segment = segments().get(0);
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, bytes.length - 20));
    Files.createDirectories(store.resolve("v1-older"));
    String text = cli.run("store", "verify").is(0).out();
    assertTrue(text.contains(segment + ": ends in a part of an entry: "), text);
    assertTrue(text.contains("v1-older: is of another form and was not checked; "), text);
    scan().is(1);
    assertFalse(cli.run("store", "verify").is(0).out().contains("part of an entry"));
  }

  @Test
  void pruneGoesToALimitAndScansStayRight() {
    String expected = scan().out();
    int before = info().get("bytes").getAsInt();
    assertEquals(
        "removed 0 B: versions 0, entries 0; " + Sizes.text(before) + " left\n",
        cli.run("store", "prune").is(0).out());
    String half = cli.run("store", "prune", "--limit", Integer.toString(before / 2)).is(0).out();
    assertTrue(half.startsWith("removed "), half);
    assertTrue(info().get("bytes").getAsInt() <= before / 2);
    assertEquals(expected, scan().is(1).out());
    String all = cli.run("store", "prune", "--limit", "0").is(0).out();
    assertTrue(all.endsWith("; 0 B left\n"), all);
    assertEquals(expected, scan().is(1).out());
  }

  @Test
  void pruneRemovesOldVersions() throws IOException {
    Path old = Files.createDirectories(store.resolve("v1-older"));
    Files.write(old.resolve("x.facts"), new byte[2048]);
    int before = info().get("bytes").getAsInt();
    assertEquals(
        "removed 2.0 KB: versions 1, entries 0; " + Sizes.text(before - 2048) + " left\n",
        cli.run("store", "prune", "--old-versions").is(0).out());
    assertFalse(Files.exists(old));
  }

  @Test
  void aScanKeepsToItsLimit() {
    String expected = scan().out();
    for (String limit : List.of("0", "2K", "unlimited")) {
      assertEquals(expected, scan("--store-limit", limit, "--tier", "warning").is(1).out(), limit);
    }
    scan("--store-limit", "0", "drivers").is(1);
    assertEquals(0, version(info()).getAsJsonArray("kinds").size());
  }

  @Test
  void theEnvironmentHasALimitToo() {
    cli.with("PINION_STORE_LIMIT", "3M");
    assertEquals(3 << 20, info().get("limit").getAsInt());
    cli.with("PINION_STORE_LIMIT", "unlimited");
    assertTrue(info().get("limit").isJsonNull());
    assertTrue(cli.run("store", "info").out().contains(" of unlimited\n"));
    cli.with("PINION_STORE_LIMIT", "lots");
    String line = "PINION_STORE_LIMIT: 'lots' is no size; give it as 512M, 2G or unlimited\n";
    scan().isUnusable(line);
    cli.run("store", "info").isUnusable(line);
    cli.run("store", "prune").isUnusable(line);
    cli.run("store", "verify").is(0);
  }

  @Test
  void badInputIsOneLine() throws IOException {
    for (String verb : List.of("info", "verify", "prune")) {
      cli.run("store", verb, "--store", "none")
          .isUnusable("--store none: there is nothing to look at");
      cli.run("store", verb, "--store", "nowhere")
          .isUnusable("nowhere: there is no store yet; a scan makes one");
      cli.run("store", verb, "--store", "Makefile").isUnusable("Makefile: is no folder");
      cli.run("store", verb, "everything").isUnusable("everything");
    }
    cli.run("store", "prune", "--limit", "3Q").isUnusable("--limit: '3Q' is no size; give it as");
    cli.run("store", "prune", "--limit", "-5").isUnusable("--limit: '-5' is no size; give it as");
    cli.run("store", "info", "--format", "xml").isUnusable("xml", "text, json");
    cli.run("store", "verfy").isUnusable("verfy", "did you mean 'verify'?");
    scan("--store-limit", "some").isUnusable("--store-limit: 'some' is no size; give it as");
    assertTrue(cli.run("store").is(0).out().startsWith("Usage: pinion store "));
  }

  @Test
  void whatCannotBeChangedIsOneLine() throws IOException {
    Path lock = segments().get(0).resolveSibling("merge.lock");
    Files.delete(lock);
    Files.createDirectory(lock);
    cli.run("store", "prune", "--limit", "0")
        .isUnusable(store.toString(), "see who owns it and whether its disk is full");
  }

  @Test
  void aFolderThatIsNoStoreHasNothingInIt() throws IOException {
    Path outer = temp.resolve("v6-linux");
    Path folder = Files.createDirectories(outer.resolve("v6-other"));
    Files.writeString(folder.resolve("x.c"), "int x;\n");
    String parent = outer.toString();
    assertEquals(
        "removed 0 B: versions 0, entries 0; 0 B left\n",
        cli.run("store", "prune", "--limit", "0", "--store", parent).is(0).out());
    assertTrue(Files.exists(folder.resolve("x.c")));
  }
}
