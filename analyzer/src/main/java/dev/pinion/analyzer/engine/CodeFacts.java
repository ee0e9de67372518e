// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileDigest;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Facts of C files and headers: from the store, else from the file's bytes. They always pass
 * through their byte form, so that a warm scan cannot differ from a cold one. What the store cannot
 * give back under the id that was listed stays in memory, packed.
 */
final class CodeFacts {
  static final FactKind KIND = new FactKind(1, 1, FactKind.Packing.DEFLATED);

  private final FactStore store;
  private final boolean stores;
  private final FactExtractor extractor;
  private final UnitCache units;
  private final Sharing shared = new RecentValues();
  private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * Facts that stay in memory.
   *
   * @param id as it was listed
   * @param isOther whether what was read was not what was listed
   */
  private record Kept(BlobId id, PackedParts facts, boolean isOther) {}

  /**
   * @param units is given the bodies of what is parsed
   */
  CodeFacts(FactStore store, FactExtractor extractor, UnitCache units) {
    this.store = store;
    this.stores = !store.equals(FactStore.none());
    this.extractor = extractor;
    this.units = units;
  }

  /** Makes the facts of a file known, and says what is needed of them at once; never fails. */
  FileDigest digest(SourceTree tree, SourceFile file) {
    return FileDigest.of(known(file).orElseGet(() -> compute(tree, file)));
  }

  /** The facts of a file; never fails. */
  FileFacts facts(SourceTree tree, SourceFile file) {
    return known(file)
        .orElseGet(() -> FactsCodec.decode(FactsCodec.encode(compute(tree, file)), shared));
  }

  /** The facts of a file with that content, if the store has them. */
  Optional<FileFacts> stored(BlobId id) {
    return store.get(id, KIND).map(b -> FactsCodec.decode(b, shared));
  }

  /** Forgets what was read in place of what was listed: the next listing may be right again. */
  void forgetOthers() {
    kept.values().removeIf(Kept::isOther);
  }

  /** Whether the facts stay in memory, because the store does not have them under that id. */
  boolean isKept(SourceFile file) {
    return kept.containsKey(file.path());
  }

  private Optional<FileFacts> known(SourceFile file) {
    Kept here = kept.isEmpty() ? null : kept.get(file.path());
    Optional<byte[]> bytes =
        here != null && here.id().equals(file.blobId())
            ? Optional.of(here.facts().unpack().get(0))
            : store.get(file.blobId(), KIND);
    return bytes.map(b -> FactsCodec.decode(b, shared));
  }

  /** What could not be read has facts that say so. */
  private FileFacts compute(SourceTree tree, SourceFile file) {
    try {
      Content content = tree.read(file);
      Unit unit = FrontEnd.unit(content.bytes());
      FileFacts facts = extractor.extract(unit);
      units.keep(content.blobId(), unit.functions());
      byte[] bytes = FactsCodec.encode(facts);
      // The id of what was read: the file may have changed since the tree was listed.
      store.put(content.blobId(), KIND, bytes);
      if (!stores || !content.blobId().equals(file.blobId())) {
        keep(file, bytes, !content.blobId().equals(file.blobId()));
      }
      return facts;
    } catch (SourceException e) {
      Problem problem = new Problem(Problem.Kind.UNREADABLE, 1, "", String.valueOf(e.getMessage()));
      FileFacts facts = FileFacts.unreadable(problem);
      keep(file, FactsCodec.encode(facts), /* isOther= */ true);
      return facts;
    }
  }

  private void keep(SourceFile file, byte[] facts, boolean isOther) {
    kept.put(file.path(), new Kept(file.blobId(), PackedParts.of(List.of(facts)), isOther));
  }
}
