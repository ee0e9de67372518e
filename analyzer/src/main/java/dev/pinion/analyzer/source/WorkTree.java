// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of a folder as they are on disk, in or outside of a git repository.
 *
 * <p>The listing is a snapshot: it does not follow later changes, but {@link #read} gives what is
 * there now, with the id of that.
 */
public final class WorkTree implements SourceTree {
  private final Path root;
  private final String rootText;
  private final FileList files;
  private final List<SourceProblem> problems;
  private final Map<String, Path> oddNames;

  /** Empty as long as nobody has asked. */
  private volatile String listing = "";

  private WorkTree(
      Path root,
      String rootText,
      FileList files,
      List<SourceProblem> problems,
      Map<String, Path> oddNames) {
    this.root = root;
    this.rootText = rootText;
    this.files = files;
    this.problems = problems;
    this.oddNames = oddNames;
  }

  /**
   * What became of one file of the walk: its id, or why there is none.
   *
   * @param isRemembered whether the id is that of an earlier listing
   */
  private record Hashed(
      Optional<SourceFile> file, Optional<SourceProblem> problem, boolean isRemembered) {}

  /** {@link #open(Path, Optional)} without a memory. */
  public static WorkTree open(Path folder) throws SourceException {
    return open(folder, Optional.empty());
  }

  /**
   * Lists a folder and learns the id of each file: from git's index where that is proof, from the
   * memory of an earlier listing where that is, otherwise by hashing the file. Runs as parallel
   * streams; call it from within a fork-join pool to bound the threads.
   *
   * @param folder any folder; if it is in a git repository, what git ignores is left out
   * @param memory a file that this listing reads and replaces, for this folder alone. Losing it
   *     costs time only, so trouble with it is not reported
   * @throws SourceException if it is not a folder that can be read
   */
  public static WorkTree open(Path folder, Optional<Path> memory) throws SourceException {
    long begun = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    Path root = realFolder(folder);
    GitView git = GitView.from(root);
    ListingMemory known = memory.map(ListingMemory::read).orElseGet(ListingMemory::none);
    FolderWalk.Listing listing = new FolderWalk(root, git, known.folders()).walk();
    BlobHasher hasher = new BlobHasher();
    List<Hashed> hashed =
        IntStream.range(0, listing.files().size())
            .parallel()
            .mapToObj(place -> hash(place, listing.files(), git, known, hasher))
            .toList();
    Map<String, Path> oddNames = new HashMap<>();
    for (FolderWalk.Found found : listing.files()) {
      if (!PathText.isPlain(found.path())) {
        oddNames.put(found.path(), found.location());
      }
    }
    WorkTree tree =
        new WorkTree(
            root,
            folder.toAbsolutePath().normalize().toString(),
            FileList.of(hashed.stream().flatMap(h -> h.file.stream()).toList()),
            Stream.of(
                    git.problems().stream(),
                    listing.problems().stream(),
                    hashed.stream().flatMap(h -> h.problem.stream()))
                .flatMap(problems -> problems)
                .sorted()
                .toList(),
            oddNames);
    boolean nothingNew =
        known.size() == hashed.size() && hashed.stream().allMatch(Hashed::isRemembered);
    boolean hasName = nothingNew && tree.problems.isEmpty() && !known.listing().isEmpty();
    if (hasName) {
      tree.listing = known.listing();
    }
    boolean foldersKnown =
        listing.folders().stream()
            .allMatch(f -> f.isRemembered() || !ListingMemory.keeps(f.path(), f.row(), begun));
    if (memory.isPresent() && !(hasName && foldersKnown)) {
      tree.remember(listing, hashed, begun, memory.get());
    }
    return tree;
  }

  private void remember(FolderWalk.Listing found, List<Hashed> hashed, long begun, Path memory) {
    ListingMemory.Draft draft = new ListingMemory.Draft(begun, problems.isEmpty() ? listing() : "");
    for (int i = 0; i < found.files().size(); i++) {
      FolderWalk.Found one = found.files().get(i);
      hashed.get(i).file().ifPresent(file -> draft.add(one.path(), one.stamp(), file.blobId()));
    }
    found.folders().forEach(folder -> draft.add(folder.path(), folder.row()));
    try {
      draft.write(memory);
    } catch (IOException e) {
      // The next listing reads the files again, that is all.
    }
  }

  private static Path realFolder(Path folder) throws SourceException {
    try {
      Path root = folder.toRealPath();
      if (!Files.isDirectory(root)) {
        throw new SourceException(folder + ": not a folder; name a kernel tree or a folder of C");
      }
      return root;
    } catch (IOException e) {
      throw new SourceException(folder + ": cannot be read: " + Reason.of(e), e);
    }
  }

  private static Hashed hash(
      int place,
      List<FolderWalk.Found> listed,
      GitView git,
      ListingMemory stamped,
      BlobHasher hasher) {
    FolderWalk.Found found = listed.get(place);
    String path = found.path();
    try {
      Optional<BlobId> remembered = stamped.idOf(path, found.stamp(), place);
      Optional<BlobId> known = remembered.isPresent() ? remembered : git.idOf(path, found.stamp());
      BlobId id = known.isPresent() ? known.get() : hasher.hash(found.location());
      return new Hashed(
          SourceFile.Kind.of(path)
              .map(kind -> new SourceFile(path, id, found.stamp().size(), kind)),
          Optional.empty(),
          remembered.isPresent());
    } catch (IOException e) {
      return new Hashed(
          Optional.empty(),
          Optional.of(new SourceProblem(path, "cannot be read: " + Reason.of(e))),
          /* isRemembered= */ false);
    }
  }

  @Override
  public String root() {
    return rootText;
  }

  /** Empty: files on disk need not be those of any commit. */
  @Override
  public Optional<String> rev() {
    return Optional.empty();
  }

  @Override
  public List<SourceFile> files() {
    return files.files();
  }

  @Override
  public Optional<SourceFile> file(String path) {
    return files.find(path);
  }

  @Override
  public String listing() {
    if (listing.isEmpty()) {
      listing = ListingName.of(this);
    }
    return listing;
  }

  @Override
  public Content read(SourceFile file) throws SourceException {
    Path odd = oddNames.get(file.path());
    Path location = odd == null ? root.resolve(file.path()) : odd;
    try {
      BasicFileAttributes now = Files.readAttributes(location, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        throw new SourceException("no longer a regular file");
      }
      if (now.size() > Content.LIMIT) {
        throw new SourceException(Content.tooLarge(now.size()));
      }
      return Content.of(Files.readAllBytes(location));
    } catch (IOException e) {
      throw new SourceException("cannot be read: " + Reason.of(e), e);
    }
  }

  @Override
  public List<SourceProblem> problems() {
    return problems;
  }
}
