// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every unusable argument or input of {@code scan} ends with status 2 and one clear line. */
class ScanBadInputTest {
  @TempDir private Path temp;

  private Cli cli() throws IOException {
    return new Cli(
        Files.createDirectories(temp.resolve("tree")), Files.createDirectories(temp.resolve("c")));
  }

  @Test
  void aPathThatDoesNotExist() throws IOException {
    cli().run("scan", "nowhere").isUnusable("nowhere", "does not exist");
  }

  @Test
  void aPathThatIsNeitherFolderNorFile() throws IOException {
    cli().run("scan", "/dev/null").isUnusable("/dev/null", "neither a folder nor a file");
  }

  @Test
  void aFolderWithoutC() throws IOException {
    Cli cli = cli();
    cli.write("notes.txt", "no code");
    cli.run("scan", ".").isUnusable("no C in it");
  }

  @Test
  void aPartOfAKernelWithoutC() throws IOException {
    Cli cli = cli().kernel();
    cli.write("Documentation/x.rst", "text");
    cli.run("scan", "Documentation").isUnusable("Documentation", "no C in it");
  }

  @Test
  void pathsInTwoTrees() throws IOException {
    Cli cli = cli().kernel();
    Path other = Files.createDirectories(temp.resolve("other"));
    Files.writeString(other.resolve("x.c"), "int x;\n");
    cli.run("scan", "drivers", "../other").isUnusable("../other", "another tree");
  }

  @Test
  void aPathOutsideOfTheTreeThatWasNamed() throws IOException {
    Cli cli = cli().kernel();
    Files.writeString(temp.resolve("x.c"), "int x;\n");
    cli.run("scan", "--tree", ".", "../x.c").isUnusable("../x.c", "is not in the tree");
  }

  @Test
  void aTreeAndACommit() throws IOException {
    cli().kernel().run("scan", "--tree", ".", "--rev", "HEAD").isUnusable("--tree", "--git/--rev");
  }

  @Test
  void aFolderThatIsNoRepository() throws IOException {
    cli().kernel().run("scan", "--git", ".").isUnusable("git");
  }

  @Test
  void anUnknownOption() throws IOException {
    cli().run("scan", "--frobnicate").isUnusable("--frobnicate", "pinion scan --help");
  }

  @Test
  void anUnknownCommand() throws IOException {
    cli().run("scna", ".").isUnusable("scna", "pinion --help");
  }

  @Test
  void anUnknownFormat() throws IOException {
    cli().run("scan", "--format", "xml").isUnusable("--format", "xml", "sarif");
  }

  @Test
  void anUnknownTier() throws IOException {
    cli().run("scan", "--tier", "fatal").isUnusable("--tier", "fatal", "latent");
  }

  @Test
  void anUnknownRule() throws IOException {
    cli().kernel().run("scan", "--rule", "rcu-nonsense").isUnusable("rcu-nonsense", "pinion rules");
  }

  @Test
  void rulesThatExcludeEachOther() throws IOException {
    cli()
        .kernel()
        .run("scan", "--rule", "test-defect", "--rule", "!test-*")
        .isUnusable("leaves no rule");
  }

  @Test
  void impossibleNumbers() throws IOException {
    Cli cli = cli().kernel();
    cli.run("scan", "--jobs", "0").isUnusable("--jobs 0", "1 to");
    cli.run("scan", "--jobs", "many").isUnusable("--jobs", "many");
    cli.run("scan", "--kernel-version", "six").isUnusable("--kernel-version six", "6.12");
    cli.run("coverage", "--at-least", "101").isUnusable("--at-least", "0 to 100");
  }

  @Test
  void aPlaceThatCannotBeWrittenTo() throws IOException {
    Cli cli = cli().kernel();
    cli.run("scan", "--output", "no/such/folder.json").isUnusable("--output", "does not exist");
    cli.run("scan", "--output", "drivers").isUnusable("--output", "is a folder");
    cli.run("scan", "--rule", "pin-lost").isUnusable("pin-lost", "pinion check");
    cli.run("scan", "--write-baseline", "no/such/file").isUnusable("--write-baseline", "no/such");
  }

  @Test
  void aBaselineThatIsNone() throws IOException {
    Cli cli = cli().kernel();
    cli.run("scan", "--baseline", "missing").isUnusable("--baseline", "does not exist");
    for (String text : new String[] {"", "no JSON", "[]", "{}", "{\"findings\": [1]}", "null"}) {
      cli.write("known.json", text);
      cli.run("scan", "--baseline", "known.json").isUnusable("known.json", "is not a baseline");
    }
  }
}
