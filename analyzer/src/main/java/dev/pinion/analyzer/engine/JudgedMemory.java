// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.List;
import java.util.Optional;

/**
 * Keeps in the store on what each file's verdicts hang, under the id of the listing, of the code
 * and of the tree's own rows: so that another process that meets a later state of the tree asks
 * again only where something has changed.
 */
final class JudgedMemory {
  static final FactKind JUDGED = new FactKind(9, 4, FactKind.Packing.DEFLATED);
  static final FactKind SETTLED = new FactKind(10, 1, FactKind.Packing.DEFLATED);

  private final FactStore store;
  private final OwnCode code;

  /** The one asked for last, which is a tenth of a second to decode and asked for twice a scan. */
  private Optional<Known> last = Optional.empty();

  private record Known(BlobId name, JudgedFiles files) {}

  JudgedMemory(FactStore store, OwnCode code) {
    this.store = store;
    this.code = code;
  }

  /** Whether anything is kept at all. */
  boolean remembers() {
    return !store.equals(FactStore.none());
  }

  /**
   * What was looked at when the tree had that listing; its own rows are those of {@code tree}. For
   * several threads, of which one reads it.
   */
  synchronized Optional<JudgedFiles> of(String listing, List<Rule> rules, SourceTree tree) {
    if (!remembers()) {
      return Optional.empty(); // The name costs a look at all our code.
    }
    BlobId name = name(listing, rules, tree);
    if (last.filter(k -> k.name().equals(name)).isEmpty()) {
      last =
          store
              .get(name, JUDGED)
              .map(b -> new Known(name, JudgedFiles.decode(b, Lazy.of(() -> settled(name)))));
    }
    return last.map(Known::files);
  }

  void keep(JudgedFiles judged, String listing, List<Rule> rules, SourceTree tree) {
    if (remembers()) {
      BlobId name = name(listing, rules, tree);
      store.put(name, JUDGED, judged.encode());
      store.put(name, SETTLED, judged.settled().get().encode());
    }
  }

  private SettledValues settled(BlobId name) {
    return store.get(name, SETTLED).map(SettledValues::decode).orElse(SettledValues.NONE);
  }

  private BlobId name(String listing, List<Rule> rules, SourceTree tree) {
    StringBuilder name = new StringBuilder("judged files of ").append(listing).append('\n');
    name.append(code.of(Engine.class)).append('\n').append(rows(tree)).append('\n');
    for (Rule rule : rules) {
      name.append(rule.info().id()).append(' ').append(code.of(rule.getClass())).append('\n');
    }
    return BlobId.of(name.toString().getBytes(UTF_8));
  }

  private static String rows(SourceTree tree) {
    return tree.file(SourceFile.COUNTED_ROWS).map(f -> f.blobId().hex()).orElse("");
  }

  /** The name of what a tree's files of the build are; linear in the listing. */
  static String builds(SourceTree tree) {
    StringBuilder all = new StringBuilder();
    for (SourceFile file : tree.files()) {
      if (Loader.isOfBuild(file)) {
        all.append(file.path()).append(' ').append(file.blobId().hex()).append('\n');
      }
    }
    return BlobId.of(all.toString().getBytes(UTF_8)).hex();
  }
}
