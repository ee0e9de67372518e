// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.mail.MailSeries;
import dev.pinion.analyzer.mail.MailedPatch;
import dev.pinion.analyzer.patch.Patch;
import dev.pinion.analyzer.patch.PatchHistory;
import dev.pinion.analyzer.source.BaseSearch;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.GitRevision;
import dev.pinion.analyzer.source.KernelTree;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What patches are applied to.
 *
 * @param base the commit that the user names
 * @param tree or the folder
 * @param git the repository
 */
record PatchBase(Optional<String> base, Optional<String> tree, Optional<String> git) {
  /** Applies the patches, in memory. */
  OpenedSeries open(MailSeries series, Optional<Path> store, Surroundings here)
      throws SourceException {
    List<Patch> patches = series.patches().stream().map(MailedPatch::patch).toList();
    Optional<GitRepository> repository = repository(here);
    try {
      boolean folder = tree.isPresent() || repository.isEmpty();
      SourceTree tree =
          folder
              ? workTree(store, here)
              : GitRevision.of(repository.get(), commit(series, patches, repository.get()));
      PatchHistory history = PatchHistory.of(tree, patches, repository);
      return new OpenedSeries(history, "patch", series.patches(), history.skipped(), repository);
    } catch (SourceException e) {
      repository.ifPresent(GitRepository::close);
      throw e;
    }
  }

  /** The repository; a folder need not be in one, unless the user says so. */
  private Optional<GitRepository> repository(Surroundings here) throws SourceException {
    Path place = here.resolve(git.or(() -> tree).orElse("."));
    try {
      return Optional.of(GitRepository.open(place));
    } catch (SourceException e) {
      if (git.isPresent() || base.isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private SourceTree workTree(Optional<Path> store, Surroundings here) throws SourceException {
    KernelTree found = KernelTree.locate(here.resolve(tree.orElse(".")));
    Path top = tree.isPresent() ? found.root().resolve(found.subPath()) : found.root();
    SourceTree opened = WorkTree.open(top, store.map(folder -> Listings.of(top, folder)));
    opened.filesUnder(""); // Says so, in one line, if there is no C.
    return opened;
  }

  private String commit(MailSeries series, List<Patch> patches, GitRepository repository)
      throws SourceException {
    if (base.isPresent()) {
      return base.get();
    }
    Optional<String> named = series.base().filter(repository::hasCommit);
    if (named.isPresent()) {
      return named.get();
    }
    return BaseSearch.find(repository, PatchHistory.wanted(patches)).orElse("HEAD");
  }
}
