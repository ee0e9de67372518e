// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.pinion.cli.format.SarifSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files under {@code docs/ci}, each run as it stands, with the tool it is for if that is here.
 */
class CiFilesTest {
  private static final Path CI = Path.of("../docs/ci").toAbsolutePath().normalize();

  @TempDir private Path temp;
  private CommandLineGit git = new CommandLineGit(Path.of(""));
  private Map<String, String> environment = new HashMap<>();
  private Path good = Path.of("");
  private Path bad = Path.of("");

  @BeforeEach
  void makeSeries() throws IOException, InterruptedException {
    Path tree = Files.createDirectories(temp.resolve("tree")).toRealPath();
    Cli cli = new Cli(tree, temp.resolve("cache")).kernel();
    git = new CommandLineGit(tree);
    git.git("init", "-q", "-b", "main", ".");
    commit("a kernel");
    git.git("tag", "base");
    cli.write("net/good.c", "int f(void)\n{\n\treturn 0;\n}\n");
    commit("net: harmless");
    cli.write("net/bad.c", "int g(void)\n{\n\treturn test_sure_defect(2);\n}\n");
    commit("net: bring a defect");
    git.git("format-patch", "-q", "-n", "-o", temp.resolve("out").toString(), "base..main");
    good = temp.resolve("out/0001-net-harmless.patch");
    bad = temp.resolve("out/0002-net-bring-a-defect.patch");
    Path pinion =
        script(
            "pinion",
            "exec '%s' -cp '%s' dev.pinion.cli.Main \"$@\""
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path")));
    environment =
        Map.of(
            "PINION",
            pinion.toString(),
            "PATH",
            temp + ":" + System.getenv("PATH"),
            "HOME",
            temp.toString(),
            "XDG_CACHE_HOME",
            temp.resolve("cache").toString());
  }

  private Path script(String name, String body) throws IOException {
    Path file = Files.writeString(temp.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toAbsolutePath();
  }

  private void commit(String subject) throws IOException, InterruptedException {
    git.git("add", "-A", ".");
    git.git("commit", "-q", "-m", subject);
  }

  private CommandLineGit.Ended run(String input, String... command)
      throws IOException, InterruptedException {
    return git.run(environment, input, Arrays.asList(command));
  }

  private boolean has(String... command) throws InterruptedException {
    try {
      return run("", command).status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void theHookStopsGitSendEmail() throws Exception {
    assumeTrue(
        has("git", "send-email", "--dump-aliases"),
        "SKIPPED: git send-email is not installed; apt-get install git-email");
    Path hook = git.folder().resolve(".git/hooks/sendemail-validate");
    Files.createDirectories(hook.getParent());
    Files.copy(CI.resolve("sendemail-validate"), hook);
    assertTrue(Files.isExecutable(CI.resolve("sendemail-validate")));
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path sink = temp.resolve("sink");
    Path server = script("sendmail", "cat >> '" + sink + "'");
    send(server, good).is(0);
    assertTrue(Files.readString(sink).contains("net: harmless"));
    Files.delete(sink);
    CommandLineGit.Ended stopped = send(server, bad);
    assertTrue(stopped.status() != 0, stopped.out());
    assertTrue(stopped.err().contains("--no-validate"), stopped.err());
    assertTrue(
        (stopped.out() + stopped.err()).contains("net/bad.c:3: ERROR:TEST_SURE_DEFECT"),
        stopped.out() + stopped.err());
    assertFalse(Files.exists(sink));
  }

  private CommandLineGit.Ended send(Path server, Path patch)
      throws IOException, InterruptedException {
    return run(
        "",
        "git",
        "send-email",
        "--quiet",
        "--confirm=never",
        "--suppress-cc=all",
        "--from=dev@example.org",
        "--to=list@example.org",
        "--smtp-server=" + server,
        patch.toString());
  }

  @Test
  void theHookTakesOneOrTwoArgumentsAndCoverLetters() throws Exception {
    String hook = CI.resolve("sendemail-validate").toString();
    run("", "sh", hook, good.toString()).is(0);
    run("", "sh", hook, bad.toString(), good.toString()).is(1);
    Path cover = Files.writeString(temp.resolve("cover"), "Subject: [PATCH 0/2] x\n\nWords.\n");
    assertEquals("", run("", "sh", hook, cover.toString()).is(0).err());
  }

  @Test
  void theHookChecksAWholeSeriesWithItsLastPatch() throws Exception {
    git.git("checkout", "-q", "main");
    Files.writeString(git.folder().resolve("net/bad.c"), "int g(void)\n{\n\treturn 0;\n}\n");
    commit("net: take it back");
    git.git("format-patch", "-q", "-n", "-o", temp.resolve("all").toString(), "base..main");
    String hook = CI.resolve("sendemail-validate").toString();
    Map<String, String> plain = environment;
    for (int total : new int[] {3, 2}) {
      for (int at = 1; at <= total; at++) {
        environment = plain;
        environment =
            with("GIT_SENDEMAIL_FILE_COUNTER", "" + at, "GIT_SENDEMAIL_FILE_TOTAL", "" + total);
        Path file;
        try (var files = Files.list(temp.resolve("all"))) {
          file = files.sorted().skip(at - 1).findFirst().orElseThrow();
        }
        CommandLineGit.Ended ended = run("", "sh", hook, file.toString());
        // Without the third patch the second one's defect stays.
        ended.is(total == 2 && at == 2 ? 1 : 0);
      }
    }
    assertFalse(Files.exists(git.folder().resolve(".git/pinion-sendemail")));
  }

  @Test
  void whatB4WritesIsRead() throws Exception {
    assumeTrue(has("b4", "--version"), "SKIPPED: b4 is not installed; apt-get install b4");
    Path series = Path.of("../corpus/series/thread-003").toAbsolutePath().normalize();
    Path thread = series.resolve("thread.mbox");
    Path out = Files.createDirectories(temp.resolve("am"));
    git.git("config", "user.name", "A Developer");
    git.git("config", "user.email", "dev@example.org");
    git.git("config", "b4.attestation-policy", "off");
    CommandLineGit.Ended am =
        run(
            "",
            "b4",
            "--offline-mode",
            "am",
            "--no-cache",
            "-m",
            thread.toString(),
            "-o",
            out.toString(),
            "thread-003-1@example.org");
    am.is(0);
    List<Path> mailboxes;
    try (var files = Files.list(out)) {
      mailboxes = files.filter(f -> f.toString().endsWith(".mbx")).toList();
    }
    assertEquals(1, mailboxes.size(), am.err());
    Cli cli = new Cli(series, temp.resolve("cache"));
    assertEquals(
        cli.run("check", "--mbox", thread.toString(), "--tree", "base").is(0).out(),
        cli.run("check", "--mbox", mailboxes.get(0).toString(), "--tree", "base").is(0).out());
  }

  /** b4 runs the command without a shell, with the patch on standard input. */
  @Test
  void theLinesForB4() throws Exception {
    for (String key : List.of("prep", "am", "review")) {
      String line =
          git.git(
                  "config",
                  "-f",
                  CI.resolve("b4-config").toString(),
                  "b4." + key + "-perpatch-check-cmd")
              .strip();
      String[] command = line.split(" ", -1);
      assertEquals("pinion", command[0]);
      command[0] = environment.getOrDefault("PINION", "");
      CommandLineGit.Ended clean = run(Files.readString(good), command).is(0);
      CommandLineGit.Ended found = run(Files.readString(bad), command).is(1);
      assertEquals("", clean.err() + found.err());
      if (key.equals("review")) {
        assertEquals("fail", status(found.out()));
        assertEquals("pass", status(clean.out()));
      } else {
        assertEquals("", clean.out());
        assertEquals(
            "net/bad.c:3: ERROR:TEST_SURE_DEFECT: 'test_sure_defect' is called\n", found.out());
      }
    }
  }

  private static String status(String json) {
    return JsonParser.parseString(json)
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject()
        .get("status")
        .getAsString();
  }

  @Test
  void theJobOfGithub() throws Exception {
    List<String> lines = Files.readAllLines(CI.resolve("github-actions.yml"));
    int start = lines.indexOf("        run: |");
    assertTrue(start > 0);
    String script =
        lines.subList(start + 1, lines.size()).stream()
            .takeWhile(l -> l.startsWith("          "))
            .collect(Collectors.joining("\n"));
    environment = with("BASE", "base", "HEAD", "main");
    run("", "bash", "-e", "-c", script).is(0);
    String sarif = Files.readString(git.folder().resolve("pinion.sarif"));
    SarifSchema.check(sarif);
    assertTrue(sarif.contains("net/bad.c"), sarif);
  }

  @Test
  void theJobOfGitlab() throws Exception {
    String script =
        Files.readAllLines(CI.resolve("gitlab-ci.yml")).stream()
            .filter(l -> l.startsWith("    - '\"$PINION\""))
            .map(l -> l.replaceAll("^    - '|'$", ""))
            .collect(Collectors.joining("\n"));
    environment = with("CI_MERGE_REQUEST_DIFF_BASE_SHA", "base", "CI_COMMIT_SHA", "main");
    run("", "bash", "-e", "-c", script).is(1);
    String report = Files.readString(git.folder().resolve("gl-code-quality-report.json"));
    assertEquals(1, JsonParser.parseString(report).getAsJsonArray().size(), report);
  }

  private Map<String, String> with(String... pairs) {
    Map<String, String> more = new HashMap<>(environment);
    List<String> all = new ArrayList<>(Arrays.asList(pairs));
    for (int i = 0; i < all.size(); i += 2) {
      more.put(all.get(i), all.get(i + 1));
    }
    return more;
  }
}
