// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** The tree of a commit, straight from the object store: nothing is checked out. */
public final class GitRevision implements SourceTree {
  private final GitRepository repository;
  private final String commit;
  private final FileList files;

  private GitRevision(GitRepository repository, String commit, FileList files) {
    this.repository = repository;
    this.commit = commit;
    this.files = files;
  }

  /**
   * Lists the tree of a commit. Submodules are left out, and symbolic links: what they lead to is
   * listed itself.
   *
   * @param repository stays open as long as the tree is read
   * @param revision whatever git takes for a commit: a branch, a tag, an id, {@code HEAD~2}
   * @throws SourceException if there is no such commit, or its trees are not in the repository
   */
  public static GitRevision of(GitRepository repository, String revision) throws SourceException {
    RevCommit commit = repository.commit(revision);
    return new GitRevision(repository, commit.name(), FileList.of(repository.list(commit)));
  }

  @Override
  public String root() {
    return repository.root();
  }

  @Override
  public Optional<String> rev() {
    return Optional.of(commit);
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
  public Content read(SourceFile file) throws SourceException {
    return repository.read(file.blobId());
  }

  /** Empty: git trees hold nothing that is neither a file nor meant to be left out. */
  @Override
  public List<SourceProblem> problems() {
    return List.of();
  }
}
