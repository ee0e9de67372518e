// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that are not about findings. */
class CommandsTest {
  private static final List<String> COMMANDS =
      List.of(
          "scan", "check", "explain", "rules", "coverage", "atlas", "store", "lsp", "completion");

  @TempDir private Path temp;

  private Cli cli() throws IOException {
    return new Cli(
        Files.createDirectories(temp.resolve("tree")), Files.createDirectories(temp.resolve("c")));
  }

  @Test
  void everyCommandHasHelpAndAVersion() throws IOException {
    String overview = cli().run("--help").is(0).out();
    for (String command : COMMANDS) {
      assertTrue(overview.contains("\n  " + command + " "), overview);
      assertTrue(cli().run(command, "--help").is(0).out().startsWith("Usage: pinion " + command));
      assertEquals("pinion " + Version.number() + "\n", cli().run(command, "--version").out());
    }
    assertEquals(overview, cli().run().is(0).out());
  }

  @Test
  void completionKnowsCommandsAndOptions() throws IOException {
    String script = cli().run("completion").is(0).out();
    for (String word :
        List.of("scan", "check", "--show-excused", "checkstyle", "latent", "verify", "--limit")) {
      assertTrue(script.contains(word), word);
    }
  }

  @Test
  void rulesAreListedInThreeForms() throws IOException {
    String text = cli().run("rules").is(0).out();
    assertTrue(text.contains("test-sure-defect "), text);
    assertTrue(text.contains("  error    a call of test_sure_defect\n"), text);
    String table = cli().run("rules", "--format", "md").is(0).out();
    assertTrue(table.contains("| `test-smell` | latent | a call of test_smell |\n"), table);
    List<String> ids =
        JsonParser.parseString(cli().run("rules", "--format", "json").is(0).out())
            .getAsJsonArray()
            .asList()
            .stream()
            .map(JsonElement::getAsJsonObject)
            .map(rule -> rule.get("id").getAsString())
            .toList();
    assertTrue(ids.contains("test-defect"));
    assertEquals(ids.stream().sorted().toList(), ids);
    cli().run("rules", "--format", "xml").isUnusable("xml", "text, json, md");
  }

  @Test
  void coverageCountsAndListsWithReasons() throws IOException {
    Cli cli = cli().kernel();
    assertEquals(
        """
        files                  2
        functions              3
        analysed               3  100.00 %
        """,
        cli.run("coverage").is(0).out());
    Files.createSymbolicLink(cli.folder().resolve("net/gone.c"), Path.of("nowhere.c"));
    String ledger = cli.run("coverage", "net").is(0).out();
    assertTrue(ledger.contains("\nnot analysed, by reason\n  unreadable           1\n"), ledger);
    assertTrue(ledger.lines().anyMatch(l -> l.startsWith("net/gone.c:1:1: note: ")), ledger);
    String json = cli.run("coverage", "--format", "json").is(0).out();
    assertTrue(json.contains("\"reason\": \"unreadable\""), json);
  }

  @Test
  void coverageListsSomeOrAll() throws IOException {
    Cli cli = cli().kernel();
    for (int i = 0; i < 30; i++) {
      Files.createSymbolicLink(cli.folder().resolve("net/gone%02d.c".formatted(i)), Path.of("x.c"));
    }
    String some = cli.run("coverage").is(0).out();
    assertEquals(20, some.lines().filter(l -> l.contains(": note: ")).count(), some);
    assertTrue(some.endsWith("and 10 more; --all lists them\n"), some);
    String all = cli.run("coverage", "--all").is(0).out();
    assertEquals(30, all.lines().filter(l -> l.contains(": note: ")).count(), all);
  }

  @Test
  void asksWhatWasMeant() throws IOException {
    cli().run("scna").isUnusable("scna", "did you mean 'scan'?");
    cli().run("atlas", "feild", "x.y").isUnusable("feild", "did you mean 'field'?");
    cli()
        .run("scan", "--rule", "test-defct")
        .isUnusable("test-defct", "did you mean 'test-defect'?");
    cli().run("explain", "pin-missing-modul").isUnusable("did you mean 'pin-missing-module'?");
    assertFalse(cli().run("explain", "something-else-altogether").err().contains("did you mean"));
  }

  @Test
  void helpTextsAreWholeAndFitTheScreen() throws IOException {
    for (String command : COMMANDS) {
      String help = cli().run(command, "--help").is(0).out();
      assertTrue(help.lines().allMatch(l -> l.length() <= 100), help);
    }
    String overview = cli().run("--help").is(0).out() + cli().run("atlas", "--help").is(0).out();
    overview += cli().run("store", "--help").is(0).out();
    List<String> entries = overview.lines().filter(l -> l.matches("  [a-z]+  +\\S.*")).toList();
    assertTrue(entries.size() > 10, overview);
    assertTrue(entries.stream().allMatch(l -> l.endsWith(".")), overview);
  }

  @Test
  void coverageBelowTheFloorFails() throws IOException {
    Cli cli = cli().kernel();
    cli.run("coverage", "--at-least", "100").is(0);
    cli.write("lib/odd.c", "int f(void)\n{\n\tint x = = 3 +;\n\treturn x;\n}\n");
    Cli.Run run = cli.run("coverage", "--at-least", "100").is(1);
    assertTrue(run.err().contains("less than the 100.0 % asked for"), run.err());
  }

  @Test
  void theLanguageServerEndsWithItsInput() throws IOException {
    assertEquals("", cli().run("lsp").is(1).out());
  }
}
