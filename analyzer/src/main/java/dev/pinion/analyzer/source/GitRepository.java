// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * An open git repository, with or without a work tree. It remembers the folders it has listed, so
 * that the next commit of a series costs only the folders that it changes.
 */
public final class GitRepository implements AutoCloseable {
  private final Repository repository;
  private final String root;
  private final Map<FolderKey, Folder> folders = new ConcurrentHashMap<>();

  private record FolderKey(String path, ObjectId tree) {}

  /** The source files of one folder, and the folders in it. */
  private record Folder(List<SourceFile> files, List<Folder> folders) {
    void addTo(List<SourceFile> all) {
      all.addAll(files);
      folders.forEach(folder -> folder.addTo(all));
    }
  }

  private GitRepository(Repository repository, String root) {
    this.repository = repository;
    this.root = root;
  }

  /**
   * Opens the repository at or around a folder.
   *
   * @param path a work tree or a folder in one, a {@code .git} folder, or a bare repository
   * @throws SourceException if there is none, or it is of a kind that cannot be read
   */
  public static GitRepository open(Path path) throws SourceException {
    QuietSystemReader.install();
    File folder = path.toAbsolutePath().normalize().toFile();
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder);
    if (builder.getGitDir() == null) {
      throw new SourceException(
          path + ": no git repository here; name a clone or a bare repository");
    }
    try {
      return new GitRepository(builder.setMustExist(true).build(), folder.getPath());
    } catch (IOException | IllegalArgumentException e) {
      throw new SourceException(
          path + ": cannot be opened as a git repository: " + e.getMessage(), e);
    }
  }

  /** The place, as text for people. */
  public String root() {
    return root;
  }

  /** The top of its work tree, all links followed; empty for a bare repository. */
  public Optional<Path> workTree() {
    if (repository.isBare()) {
      return Optional.empty();
    }
    try {
      return Optional.of(repository.getWorkTree().toPath().toRealPath());
    } catch (IOException e) {
      return Optional.empty(); // Somebody has taken the work tree away.
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  Repository repository() {
    return repository;
  }

  /** The commit that a revision in git's syntax names. */
  RevCommit commit(String revision) throws SourceException {
    try (RevWalk walk = new RevWalk(repository)) {
      ObjectId id = repository.resolve(revision + "^{commit}");
      if (id != null) {
        return walk.parseCommit(id);
      }
    } catch (AmbiguousObjectException e) {
      throw new SourceException(
          "%s: revision '%s' is ambiguous; give more digits".formatted(root, revision), e);
    } catch (RevisionSyntaxException e) {
      throw new SourceException("%s: '%s' is not a revision".formatted(root, revision), e);
    } catch (IOException e) {
      throw unreadable("revision '" + revision + "'", e);
    }
    throw new SourceException(
        "%s: unknown revision '%s'; see `git log`, or fetch it first".formatted(root, revision));
  }

  /** Whether a revision names a commit that is here. */
  public boolean hasCommit(String revision) {
    try {
      commit(revision);
      return true;
    } catch (SourceException e) {
      return false;
    }
  }

  /** The source files of a commit, in no particular order. */
  List<SourceFile> list(RevCommit commit) throws SourceException {
    List<SourceFile> files = new ArrayList<>();
    try (ObjectReader reader = repository.newObjectReader()) {
      folder(reader, "", commit.getTree()).addTo(files);
    } catch (IOException e) {
      throw unreadable("commit " + commit.name(), e);
    }
    return files;
  }

  private Folder folder(ObjectReader reader, String prefix, ObjectId tree) throws IOException {
    FolderKey key = new FolderKey(prefix, tree.copy());
    Folder known = folders.get(key);
    if (known != null) {
      return known;
    }
    List<SourceFile> files = new ArrayList<>();
    List<Folder> below = new ArrayList<>();
    for (CanonicalTreeParser entry = new CanonicalTreeParser(null, reader, tree);
        !entry.eof();
        entry = entry.next()) {
      byte[] name = new byte[entry.getNameLength()];
      entry.getName(name, 0);
      String path = prefix + PathText.of(name);
      int type = entry.getEntryRawMode() & FileMode.TYPE_MASK;
      if (type == FileMode.TYPE_TREE && (name[0] != '.' || path.equals(SourceFile.OWN_FOLDER))) {
        below.add(folder(reader, path + "/", entry.getEntryObjectId()));
      } else if (type == FileMode.TYPE_FILE) {
        BlobId id = blobId(entry.getEntryObjectId());
        SourceFile.Kind.of(path)
            .map(kind -> new SourceFile(path, id, SourceFile.UNKNOWN_SIZE, kind))
            .ifPresent(files::add);
      }
    }
    Folder folder = new Folder(List.copyOf(files), List.copyOf(below));
    folders.put(key, folder);
    return folder;
  }

  /** The content of a blob; the message of the exception does not name the file. */
  Content read(BlobId id) throws SourceException {
    try (ObjectReader reader = repository.newObjectReader()) {
      ObjectLoader blob = reader.open(ObjectId.fromString(id.hex()), Constants.OBJ_BLOB);
      if (blob.getSize() > Content.LIMIT) {
        throw new SourceException(Content.tooLarge(blob.getSize()));
      }
      return Content.of(blob.getBytes(), id);
    } catch (IOException e) {
      throw unreadable("blob " + id, e);
    }
  }

  /**
   * The content of a blob.
   *
   * @param abbreviation the first digits of its id, at least four
   * @return empty if there is no such blob here, or several
   */
  public Optional<byte[]> blob(String abbreviation) throws SourceException {
    if (!AbbreviatedObjectId.isId(abbreviation)) {
      return Optional.empty();
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      List<ObjectLoader> blobs = new ArrayList<>();
      for (ObjectId id : reader.resolve(AbbreviatedObjectId.fromString(abbreviation))) {
        if (reader.has(id, Constants.OBJ_BLOB)) {
          blobs.add(reader.open(id));
        }
      }
      blobs.removeIf(blob -> blob.getType() != Constants.OBJ_BLOB);
      return blobs.size() == 1 ? Optional.of(blobs.get(0).getBytes()) : Optional.empty();
    } catch (IncorrectObjectTypeException e) {
      return Optional.empty(); // The digits are those of a commit or a tree.
    } catch (IOException e) {
      throw unreadable("blob " + abbreviation, e);
    }
  }

  /** What went wrong with the object store, with the usual reason for objects that are missing. */
  SourceException unreadable(String what, IOException e) {
    String reason =
        e instanceof MissingObjectException missing
            ? "object %s is missing; in a partial or shallow clone, `git fetch` it first"
                .formatted(missing.getObjectId().name())
            : Reason.of(e);
    return new SourceException("%s: %s cannot be read: %s".formatted(root, what, reason), e);
  }

  private static BlobId blobId(ObjectId id) {
    byte[] raw = new byte[BlobId.BYTES];
    id.copyRawTo(raw, 0);
    return BlobId.from(ByteBuffer.wrap(raw));
  }
}
