// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.mail.Mail;
import dev.pinion.analyzer.mail.MailReader;
import dev.pinion.analyzer.mail.MailSeries;
import dev.pinion.analyzer.mail.MailSeries.Extent;
import dev.pinion.analyzer.source.CommitRange;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.analyzer.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that say which changes to check, and on top of what. */
final class SeriesOptions {
  private static final String STDIN = "-";

  @Parameters(
      arity = "0..1",
      paramLabel = "A..B",
      description = "The commits that B has and A has not; or - for mails on standard input.")
  private @Nullable String range;

  @Option(
      names = "--mbox",
      paramLabel = "FILE",
      description = "The patches of a mailbox with a whole thread; - for standard input.")
  private @Nullable String mbox;

  @Option(
      names = "--patch",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Single patches: mails, or plain diffs; - for standard input.")
  private List<String> patches = List.of();

  @Option(
      names = "--base",
      paramLabel = "REV",
      description =
          "The commit to apply patches to. Default: what the mails name as their base-commit; or "
              + "the newest commit that has the files they were made for; or HEAD.")
  private @Nullable String base;

  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "The folder to apply patches to, in memory; nothing in it is written.")
  private @Nullable String tree;

  @Option(
      names = "--git",
      paramLabel = "REPO",
      description = "The repository, bare or not; default: the one around the current folder.")
  private @Nullable String git;

  /** Opens what the options name. */
  OpenedSeries open(Optional<Path> store, Surroundings here) throws BadInput, SourceException {
    boolean mail = mbox != null || !patches.isEmpty() || STDIN.equals(range);
    if (mail && range != null && !STDIN.equals(range)) {
      throw new BadInput(range + ": give either a range of commits or patches, not both");
    }
    if (mbox != null && !patches.isEmpty()) {
      throw new BadInput("--mbox and --patch: give one of them");
    }
    if (!mail) {
      return commits(here);
    }
    if (tree != null && (base != null || git != null)) {
      throw new BadInput(
          "--tree and --base/--git: patches are applied to either a folder or a commit");
    }
    MailSeries series = series(here);
    return new PatchBase(
            Optional.ofNullable(base), Optional.ofNullable(tree), Optional.ofNullable(git))
        .open(series, store, here);
  }

  private OpenedSeries commits(Surroundings here) throws BadInput, SourceException {
    if (range == null) {
      throw new BadInput(
          "nothing to check: give a range of commits A..B, --mbox FILE, --patch FILE or -; see `pinion check --help`");
    }
    if (base != null || tree != null) {
      throw new BadInput("--base and --tree are for patches; a range of commits has its own base");
    }
    GitRepository repository = GitRepository.open(here.resolve(git == null ? "." : git));
    try {
      CommitRange commits = CommitRange.resolve(repository, range);
      return OpenedSeries.ofCommits(commits.in(repository), repository);
    } catch (SourceException e) {
      repository.close();
      throw e;
    }
  }

  private MailSeries series(Surroundings here) throws BadInput, SourceException {
    if (mbox != null) {
      return MailSeries.of(name(mbox), read(mbox, here), Extent.WHOLE);
    }
    List<String> files = patches.isEmpty() ? List.of(STDIN) : patches;
    List<MailSeries> all = new ArrayList<>();
    for (String file : files) {
      all.add(MailSeries.of(name(file), read(file, here), Extent.AS_GIVEN));
    }
    return MailSeries.joined(all);
  }

  private static String name(String file) {
    return file.equals(STDIN) ? "standard input" : file;
  }

  private static List<Mail> read(String file, Surroundings here) throws BadInput, SourceException {
    try {
      if (file.equals(STDIN)) {
        return MailReader.read(name(file), here.in().readAllBytes());
      }
      Path path = here.resolve(file);
      if (Files.isDirectory(path)) {
        throw new BadInput(file + ": is a folder; name a mailbox or a patch");
      }
      return MailReader.read(file, Files.readAllBytes(path));
    } catch (IOException e) {
      throw new BadInput(name(file) + ": cannot be read: " + Reason.of(e), e);
    }
  }
}
