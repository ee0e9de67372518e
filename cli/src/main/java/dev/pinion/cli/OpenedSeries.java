// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.mail.MailedPatch;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.History;
import java.util.List;
import java.util.Optional;

/**
 * The changes to check.
 *
 * @param noun what one of them is called
 * @param mails the mails they came by, in their order; none for commits
 * @param notes what could not be taken from them, one line each
 * @param repository what they are read from, as long as this is open
 */
record OpenedSeries(
    History history,
    String noun,
    List<MailedPatch> mails,
    List<String> notes,
    Optional<GitRepository> repository)
    implements AutoCloseable {
  OpenedSeries {
    mails = List.copyOf(mails);
    notes = List.copyOf(notes);
  }

  static OpenedSeries ofCommits(History history, GitRepository repository) {
    return new OpenedSeries(history, "commit", List.of(), List.of(), Optional.of(repository));
  }

  @Override
  public void close() {
    repository.ifPresent(GitRepository::close);
  }
}
