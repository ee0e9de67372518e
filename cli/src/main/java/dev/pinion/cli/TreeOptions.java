// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.GitRevision;
import dev.pinion.analyzer.source.KernelTree;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which tree to look at. */
final class TreeOptions {
  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "The tree; default: the one around PATH, or around the current folder.")
  private @Nullable String tree;

  @Option(
      names = "--git",
      paramLabel = "REPO",
      description = "Read a commit of this repository, bare or not, without a checkout.")
  private @Nullable String git;

  @Option(
      names = "--rev",
      paramLabel = "REV",
      description = "The commit to read; default with --git: HEAD.")
  private @Nullable String rev;

  @Option(
      names = "--kernel-version",
      paramLabel = "X.Y",
      description = "The kernel's version; default: as the tree's Makefile says.")
  private @Nullable String kernelVersion;

  /**
   * A tree, and the part of it to report on.
   *
   * @param folder its top on disk; empty for a commit
   * @param paths from the root; empty for everything
   * @param repository what a commit is read from, as long as this is open
   */
  record Opened(
      SourceTree tree,
      Optional<Path> folder,
      List<String> paths,
      Optional<GitRepository> repository)
      implements AutoCloseable {
    @Override
    public void close() {
      repository.ifPresent(GitRepository::close);
    }
  }

  /**
   * Opens the tree.
   *
   * @param paths as the user typed them: of the file system, or with {@code --git} from the
   *     repository's root
   * @param store the folder of what is remembered between runs, among it the ids of files
   */
  Opened open(List<String> paths, Optional<Path> store, Surroundings here)
      throws BadInput, SourceException {
    if (git != null || rev != null) {
      return commit(paths, here);
    }
    List<String> typed = paths.isEmpty() && tree == null ? List.of(".") : paths;
    Optional<Path> root = Optional.empty();
    if (tree != null) {
      root = Optional.of(realFolder(tree, here));
    }
    List<String> subPaths = new ArrayList<>();
    for (String path : typed) {
      KernelTree found = KernelTree.locate(here.resolve(path));
      Path top = root.orElse(found.root());
      if (tree == null && !top.equals(found.root())) {
        throw new BadInput(
            "%s: is in another tree (%s) than %s; scan one tree at a time"
                .formatted(path, found.root(), typed.get(0)));
      }
      root = Optional.of(top);
      subPaths.add(tree == null ? found.subPath() : below(top, found, path));
    }
    Path top = root.orElseThrow();
    SourceTree opened = WorkTree.open(top, store.map(folder -> Listings.of(top, folder)));
    return new Opened(opened, root, narrowed(opened, subPaths), Optional.empty());
  }

  private Opened commit(List<String> paths, Surroundings here) throws BadInput, SourceException {
    if (tree != null) {
      throw new BadInput("--tree and --git/--rev: name either a folder or a commit");
    }
    GitRepository repository = GitRepository.open(repositoryOf(paths, here));
    try {
      List<String> inside = new ArrayList<>();
      for (String path : paths) {
        inside.add(git == null ? inside(repository, path, here) : path);
      }
      SourceTree opened = GitRevision.of(repository, rev == null ? "HEAD" : rev);
      return new Opened(
          opened, Optional.empty(), narrowed(opened, inside), Optional.of(repository));
    } catch (SourceException e) {
      repository.close();
      throw e;
    }
  }

  /** Without {@code --git} a path that is there, say {@code ~/linux}, tells the repository. */
  private Path repositoryOf(List<String> paths, Surroundings here) {
    if (git != null) {
      return here.resolve(git);
    }
    return paths.stream()
        .map(here::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElse(here.resolve("."));
  }

  /** A path on disk as one from the repository's top; one that is not there is one already. */
  private static String inside(GitRepository repository, String path, Surroundings here)
      throws SourceException {
    Path typed = here.resolve(path);
    if (!Files.exists(typed)) {
      return path;
    }
    Path real = typed;
    try {
      real = typed.toRealPath();
    } catch (IOException e) {
      throw new SourceException(path + ": " + Reason.of(e), e);
    }
    Optional<Path> top = repository.workTree();
    if (top.isEmpty() || !real.startsWith(top.get())) {
      return ""; // A bare repository itself.
    }
    StringBuilder text = new StringBuilder();
    for (Path name : top.get().relativize(real)) {
      text.append(text.isEmpty() ? "" : "/").append(name);
    }
    return text.toString();
  }

  /** Paths without repetition; empty if they mean everything. Each must hold C. */
  private static List<String> narrowed(SourceTree tree, List<String> subPaths)
      throws SourceException {
    boolean all = subPaths.isEmpty() || subPaths.contains("");
    List<String> paths =
        all
            ? List.of("")
            : subPaths.stream()
                .map(path -> path.replaceAll("/+$", ""))
                .distinct()
                .sorted()
                .toList();
    for (String path : paths) {
      tree.filesUnder(path); // Throws if there is no C.
    }
    return all ? List.of() : paths;
  }

  private static Path realFolder(String typed, Surroundings here) throws SourceException {
    KernelTree found = KernelTree.locate(here.resolve(typed));
    return found.root().resolve(found.subPath());
  }

  /** A located path, from a root that the user named. */
  private static String below(Path root, KernelTree found, String typed) throws BadInput {
    Path path = found.root().resolve(found.subPath());
    if (!path.startsWith(root)) {
      throw new BadInput("%s: is not in the tree %s".formatted(typed, root));
    }
    StringBuilder text = new StringBuilder();
    for (Path name : root.relativize(path)) {
      text.append(text.isEmpty() ? "" : "/").append(name);
    }
    return text.toString();
  }

  /** The version the user gave. */
  Optional<String> kernelVersion() throws BadInput {
    if (kernelVersion != null && !kernelVersion.matches("\\d+\\.\\d+(\\.\\d+)?")) {
      throw new BadInput("--kernel-version " + kernelVersion + ": give it as 6.12 or 6.12.57");
    }
    return Optional.ofNullable(kernelVersion);
  }
}
