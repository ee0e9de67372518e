// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.store.Pruned;
import dev.pinion.analyzer.store.StoreContents;
import dev.pinion.analyzer.store.StoreLimit;
import dev.pinion.analyzer.store.StorePruning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pinion store prune}: makes a store smaller. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes a store smaller.",
      "Facts of old versions go first, then what was not asked for the longest."
    })
final class StorePrune implements Callable<Integer> {
  private final Surroundings here;

  @Mixin private StoreOptions options = new StoreOptions();

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      description = "How much may stay, such as 200M or 1G; default: the limit that scans keep to.")
  private @Nullable String limit;

  @Option(
      names = "--old-versions",
      description = "Remove all facts of other versions of pinion; without --limit nothing else.")
  private boolean oldVersions;

  StorePrune(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput {
    StoreLimit most =
        limit == null
            ? StoreFolder.limit(Optional.empty(), here)
            : StoreFolder.parse("--limit", limit);
    return options.run(here, folder -> prune(folder, most));
  }

  private int prune(Path folder, StoreLimit most) throws IOException {
    String current = FactsVersion.current();
    Pruned old = oldVersions ? StorePruning.otherVersions(folder, current) : new Pruned(0, 0, 0);
    long others = 0;
    Optional<Pruned> more = Optional.of(new Pruned(0, 0, 0));
    if (limit != null || !oldVersions) {
      others = SideFiles.prune(folder, most.bytes());
      more = StorePruning.to(most.less(SideFiles.bytes(folder)), folder, current);
    }
    if (more.isEmpty()) {
      here.err()
          .println(
              "pinion: %s: another process is tidying it up just now; try again".formatted(folder));
      return ExitStatus.FAILED;
    }
    here.out()
        .println(
            "removed %s: versions %d, entries %d; %s left"
                .formatted(
                    Sizes.text(old.bytes() + more.get().bytes() + others),
                    old.versions() + more.get().versions(),
                    more.get().entries(),
                    Sizes.text(StoreContents.of(folder).bytes() + SideFiles.bytes(folder))));
    return ExitStatus.OK;
  }
}
