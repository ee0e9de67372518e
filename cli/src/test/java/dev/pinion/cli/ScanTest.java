// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.cli.format.SarifSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
  private static final String[] RULES = {"--rule", "test-*", "--rule", "!test-crash"};

  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));

  @BeforeEach
  void makeKernel() throws IOException {
    cli =
        new Cli(
                Files.createDirectories(temp.resolve("tree")).toRealPath(),
                Files.createDirectories(temp.resolve("cache")))
            .kernel();
  }

  private Cli.Run scan(String... more) {
    List<String> arguments = new ArrayList<>(List.of("scan"));
    arguments.addAll(List.of(RULES));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  private String golden(Cli.Run run) {
    return run.out().replace(cli.folder().toString(), "/TREE");
  }

  @Test
  void printsWarningsAndErrorsAndASummary() throws IOException {
    Cli.Run run = scan().is(1);
    Golden.check("scan/default.text", run.out());
    assertEquals(
        "pinion: 2 findings (1 error, 1 warning) in 2 files; 3 functions, 100.00 % of them"
            + " analysed; 1 of a lower tier not shown, 1 excused\n",
        run.err());
  }

  @Test
  void printsEverythingWhenAsked() throws IOException {
    String[] all = {"--tier", "latent", "--show-excused"};
    for (String format : List.of("text", "json", "sarif", "gitlab", "checkstyle", "checkpatch")) {
      List<String> arguments = new ArrayList<>(List.of(all));
      arguments.addAll(List.of("--format", format));
      Cli.Run run = scan(arguments.toArray(String[]::new)).is(1);
      Golden.check("scan/all." + format, golden(run));
    }
  }

  @Test
  void sarifOfAScanObeysTheSchema() throws IOException {
    SarifSchema.check(scan("--tier", "latent", "--show-excused", "--format", "sarif").out());
  }

  @Test
  void checkpatchKeepsQuietOnStandardError() {
    assertEquals("", scan("--format", "checkpatch").is(1).err());
  }

  @Test
  void isTheSameWhateverTheThreadsAndTheStore() {
    String cold = scan("--format", "json", "--jobs", "1", "--store", "none").is(1).out();
    for (String[] how :
        new String[][] {
          {"--jobs", "2", "--store", "none"}, {"--jobs", "1"}, {"--jobs", "2"}, {"--jobs", "1"}
        }) {
      List<String> arguments = new ArrayList<>(List.of("--format", "json"));
      arguments.addAll(List.of(how));
      assertEquals(cold, scan(arguments.toArray(String[]::new)).is(1).out());
    }
  }

  @Test
  void reportsOnlyOnThePathThatWasNamed() {
    String out = scan("--tier", "latent", "net").is(0).out();
    assertTrue(out.startsWith("net/b.c:3:"), out);
    assertFalse(out.contains("drivers/"), out);
    assertTrue(scan("drivers/a.c").is(1).out().contains("drivers/a.c:4:2: warning: "));
  }

  @Test
  void namesFilesSoThatTheyOpenFromTheCurrentFolder() throws IOException {
    Cli inside = new Cli(cli.folder().resolve("drivers"), temp.resolve("cache"));
    assertTrue(inside.run("scan", "--rule", "test-defect").out().startsWith("a.c:4:2:"));
    Cli outside = new Cli(temp.toRealPath(), temp.resolve("cache"));
    assertTrue(
        outside
            .run("scan", "--rule", "test-defect", "tree")
            .out()
            .startsWith("tree/drivers/a.c:4:2:"));
    Path elsewhere = Files.createDirectories(temp.resolve("else")).toRealPath();
    assertTrue(
        new Cli(elsewhere, temp.resolve("cache"))
            .run("scan", "--rule", "test-defect", "../tree")
            .out()
            .startsWith(cli.folder() + "/drivers/a.c:4:2:"));
  }

  @Test
  void failsFromTheTierThatWasAskedFor() {
    scan("--fail-on", "error").is(1);
    scan("--fail-on", "never").is(0);
    cli.run("scan", "--rule", "test-defect", "--fail-on", "error").is(0);
    cli.run("scan", "--rule", "test-defect").is(1);
    cli.run("scan", "--rule", "test-smell", "--tier", "latent").is(0);
  }

  @Test
  void writesToAFile() throws IOException {
    String expected = scan("--format", "json").out();
    Cli.Run run = scan("--format", "json", "--output", "report.json").is(1);
    assertEquals("", run.out());
    assertEquals(expected, Files.readString(cli.folder().resolve("report.json")));
  }

  @Test
  void aBaselineKnowsWhatWasRenamedOrRewritten() throws IOException {
    scan("--write-baseline", "../known.json").is(0);
    Path file = cli.folder().resolve("drivers/a.c");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("test_defect(t)", "test_defect(t,\n\t\t    0)"));
    assertEquals("", scan("--baseline", "../known.json").is(0).out());
    Files.writeString(file, text.replace("probe", "probe_one"));
    assertEquals("", scan("--baseline", "../known.json").is(0).out());
    Files.writeString(cli.folder().resolve("drivers/b.c"), text);
    Cli.Run copied = scan("--baseline", "../known.json").is(1);
    assertTrue(copied.err().startsWith("pinion: 2 findings"), copied.err());
    Files.delete(file);
    assertEquals("", scan("--baseline", "../known.json").is(0).out());
  }

  @Test
  void aBaselineHidesWhatIsKnownAfterItsLinesMoved() throws IOException {
    Cli.Run written = scan("--write-baseline", "known.json").is(0);
    assertEquals("", written.out());
    assertTrue(
        written.err().contains("known.json: 3 findings written as the baseline"), written.err());
    Golden.check("scan/baseline.json", Files.readString(cli.folder().resolve("known.json")));
    Path file = cli.folder().resolve("drivers/a.c");
    String text = Files.readString(file);
    Files.writeString(file, "/* one line more */\n\n" + text.replace("\ttest_", "\t    test_"));
    assertEquals("", scan("--baseline", "known.json").is(0).out());
    Files.writeString(file, Files.readString(file) + "void late(void)\n{\n\ttest_defect(0);\n}\n");
    Cli.Run run = scan("--baseline", "known.json").is(1);
    assertTrue(run.out().contains("warning: 'test_defect' is called"), run.out());
    assertEquals(2, run.out().lines().count(), run.out());
    assertTrue(run.err().contains("2 in the baseline"), run.err());
    assertTrue(
        scan("--baseline", "known.json", "--format", "json")
            .out()
            .contains("\"status\": \"existing\""));
  }

  @Test
  void theUsersKernelVersionGoesBeforeTheMakefiles() {
    assertTrue(scan("--format", "json").out().contains("\"kernelVersion\": \"6.12.7\""));
    assertTrue(
        scan("--format", "json", "--kernel-version", "6.1")
            .out()
            .contains("\"kernelVersion\": \"6.1\""));
  }

  @Test
  void aCrashedRuleIsToldAndTheRestIsPrinted() throws IOException {
    cli.write("net/c.c", "int f(void)\n{\n\treturn test_crash();\n}\n");
    Cli.Run run = cli.run("scan", "--rule", "test-*").is(3);
    assertTrue(run.out().contains("drivers/a.c:4:2: warning: "), run.out());
    String first = run.err().lines().findFirst().orElse("");
    for (String part : List.of("pinion: ", "test-crash", "net/c.c")) {
      assertTrue(first.contains(part), run.err());
    }
  }

  @Test
  void aFullHeapIsOneLineThatSaysWhatToDo() throws IOException {
    cli.write("net/c.c", "int exhaust(void)\n{\n\treturn test_crash();\n}\n");
    Cli.Run run = cli.run("scan", "--rule", "test-*").is(3);
    assertEquals(1, run.err().lines().count(), run.err());
    for (String part : List.of("pinion: out of memory", "MB", "PINION_JAVA_OPTS=-Xmx")) {
      assertTrue(run.err().contains(part), run.err());
    }
    assertEquals("", run.out());
  }

  @Test
  void anUnchangedTreeGivesTheSameAgain() {
    Cli.Run first = scan("--format", "json", "--show-excused").is(1);
    assertEquals(first.out(), scan("--format", "json", "--show-excused").is(1).out());
    assertEquals(
        first.out(), scan("--format", "json", "--show-excused", "--store", "none").is(1).out());
    assertTrue(Files.isDirectory(temp.resolve("cache/pinion/listings")));
  }

  @Test
  void anInterruptedScanSaysSoAndLeavesTheStoreUsable() {
    cli.cancelledBy(() -> true);
    Cli.Run run = scan().is(3);
    assertTrue(run.err().startsWith("pinion: interrupted"), run.err());
    cli.cancelledBy(() -> false);
    assertEquals(2, scan().is(1).out().lines().filter(l -> !l.contains("note:")).count());
  }

  @Test
  void drawsProgressWhenAsked() {
    assertTrue(scan("--progress", "always").is(1).err().contains("reading files"));
    assertFalse(scan().is(1).err().contains("reading files"));
  }
}
