// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Makes commits of whatever stands in a folder. */
final class GitHistory {
  private final Path folder;
  private final Map<String, String> names = new LinkedHashMap<>();

  GitHistory(Path folder) {
    this.folder = folder;
  }

  void commit(String message) throws GitAPIException, IOException {
    boolean first = !Files.exists(folder.resolve(".git"));
    try (Git git =
        first
            ? Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()
            : Git.open(folder.toFile())) {
      git.add().addFilepattern(".").call();
      git.add().addFilepattern(".").setUpdate(true).call();
      PersonIdent who =
          new PersonIdent(
              "A Developer",
              "dev@example.org",
              Instant.ofEpochSecond(1_700_000_000L),
              ZoneOffset.UTC);
      remember(
          git.commit().setMessage(message).setAuthor(who).setCommitter(who).setSign(false).call());
    }
  }

  private void remember(RevCommit commit) {
    names.put(commit.name(), "COMMIT" + names.size());
  }

  void branch(String name) throws GitAPIException, IOException {
    try (Git git = Git.open(folder.toFile())) {
      git.checkout().setCreateBranch(true).setName(name).call();
    }
  }

  void checkout(String name) throws GitAPIException, IOException {
    try (Git git = Git.open(folder.toFile())) {
      git.checkout().setName(name).call();
    }
  }

  void merge(String name) throws GitAPIException, IOException {
    try (Git git = Git.open(folder.toFile())) {
      git.merge()
          .include(git.getRepository().resolve(name))
          .setFastForward(FastForwardMode.NO_FF)
          .setMessage("Merge " + name)
          .call();
    }
  }

  /** Text with the folder and the commits' ids replaced, for golden files. */
  String masked(String text) {
    String masked = text.replace(folder.toString(), "/TREE");
    for (Map.Entry<String, String> name : names.entrySet()) {
      masked = masked.replace(name.getKey(), name.getValue());
      masked = masked.replace(name.getKey().substring(0, 12), name.getValue());
    }
    return masked;
  }
}
