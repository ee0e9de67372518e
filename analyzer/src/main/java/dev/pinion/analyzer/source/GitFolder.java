// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * Where the repository of a work tree keeps its things.
 *
 * @param top the work tree's top folder
 * @param gitDir holds the index; {@code .git}, or the place a file of that name points to
 * @param commonDir holds what linked work trees share
 */
record GitFolder(Path top, Path gitDir, Path commonDir) {
  /** Finds the work tree that a folder is in. */
  static Optional<GitFolder> around(Path folder) {
    for (Path top = folder; top != null; top = top.getParent()) {
      Optional<GitFolder> found = at(top);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The repository whose work tree has this top folder. */
  static Optional<GitFolder> at(Path top) {
    Path dotGit = top.resolve(".git");
    try {
      Path gitDir = dotGit;
      if (Files.isRegularFile(dotGit)) {
        String link = Files.readString(dotGit).strip();
        if (!link.startsWith("gitdir:")) {
          return Optional.empty();
        }
        gitDir = top.resolve(link.substring("gitdir:".length()).strip());
      }
      if (!Files.isRegularFile(gitDir.resolve("HEAD"))) {
        return Optional.empty();
      }
      Path common = gitDir.resolve("commondir");
      Path commonDir =
          Files.isRegularFile(common) ? gitDir.resolve(Files.readString(common).strip()) : gitDir;
      return Optional.of(new GitFolder(top, gitDir, commonDir));
    } catch (IOException e) {
      return Optional.empty(); // Then git cannot use it either: the folder is a plain one.
    }
  }

  /** The index file. */
  Path index() {
    return gitDir.resolve("index");
  }

  /** The rules about untracked files here. */
  IgnoreRules ignoreRules() {
    return new IgnoreRules(
        top, List.of(commonDir.resolve("info").resolve("exclude"), userExcludes()));
  }

  /** {@code core.excludesFile} or its default; the last configuration that sets it wins. */
  private Path userExcludes() {
    Path home = Path.of(environment("HOME", System.getProperty("user.home", "/")));
    Path userConfig =
        Path.of(environment("XDG_CONFIG_HOME", home.resolve(".config").toString())).resolve("git");
    List<Path> configs = new ArrayList<>();
    configs.add(userConfig.resolve("config"));
    configs.add(home.resolve(".gitconfig"));
    configs.add(commonDir.resolve("config"));
    String excludes = userConfig.resolve("ignore").toString();
    for (Path config : configs) {
      excludes = excludesFile(config).orElse(excludes);
    }
    return excludes.startsWith("~/") ? home.resolve(excludes.substring(2)) : top.resolve(excludes);
  }

  private static Optional<String> excludesFile(Path config) {
    if (!Files.isRegularFile(config)) {
      return Optional.empty();
    }
    try {
      Config parsed = new Config();
      parsed.fromText(Files.readString(config));
      return Optional.ofNullable(parsed.getString("core", null, "excludesFile"));
    } catch (IOException | ConfigInvalidException e) {
      return Optional.empty();
    }
  }

  private static String environment(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
