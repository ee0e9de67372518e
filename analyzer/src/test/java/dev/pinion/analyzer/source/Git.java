// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The git binary on a temporary folder: what it does is what we must agree with. */
record Git(Path folder) {
  static Git init(Path folder) throws IOException {
    Files.createDirectories(folder);
    Git git = new Git(folder);
    git.run("init", "-q", "-b", "main");
    return git;
  }

  /** Runs a git command, which must succeed, and returns what it prints. */
  String run(String... arguments) throws IOException {
    Outcome outcome = attempt(arguments);
    assertEquals(0, outcome.status(), () -> String.join(" ", arguments) + ": " + outcome.output());
    return outcome.output();
  }

  /** How a command ended and what it printed. */
  record Outcome(int status, String output) {}

  /** Runs a git command that may fail, whoever the machine's user is. */
  Outcome attempt(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_COUNT", "1");
    environment.put("GIT_CONFIG_KEY_0", "protocol.file.allow");
    environment.put("GIT_CONFIG_VALUE_0", "always");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "A U Thor");
      environment.put("GIT_" + who + "_EMAIL", "author@example.org");
    }
    Process process = builder.start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Writes a file and returns its path. */
  Path write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.writeString(file, content);
  }

  /** Commits everything that is not ignored and returns the commit's id. */
  String commit(String subject) throws IOException {
    run("add", "-A");
    run("commit", "-q", "--allow-empty", "-m", subject);
    return run("rev-parse", "HEAD");
  }

  /** Makes the index look as if it was written long after every file, so that it is believed. */
  void settle() throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(".git/index"), FileTime.from(Instant.now().plusSeconds(3600)));
  }

  String hash(String path) throws IOException {
    return run("hash-object", "--no-filters", path);
  }

  /** The lines {@code path id} of a tree's files. */
  static List<String> listing(SourceTree tree) {
    return tree.files().stream().map(f -> f.path() + " " + f.blobId().hex()).toList();
  }

  static List<String> paths(SourceTree tree) {
    return tree.files().stream().map(SourceFile::path).toList();
  }

  static List<String> problems(SourceTree tree) {
    return tree.problems().stream().map(p -> p.path() + ": " + p.message()).toList();
  }
}
