// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Facts of files: from memory, else from the store, else from the file's bytes. Facts always pass
 * through their byte form, so that a warm scan cannot differ from a cold one.
 */
final class FactsCache {
  private static final FactKind KIND = new FactKind(1, 1, FactKind.Packing.DEFLATED);

  private final FactStore store;
  private final FactExtractor extractor;
  private final Function<byte[], Unit> frontEnd;
  private final ConcurrentMap<BlobId, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> strings = new ConcurrentHashMap<>();

  private record Entry(FileFacts facts, int generation) {}

  FactsCache(FactStore store, FactExtractor extractor, Function<byte[], Unit> frontEnd) {
    this.store = store;
    this.extractor = extractor;
    this.frontEnd = frontEnd;
  }

  /** The facts of a file of that tree; never fails: what cannot be read has facts that say so. */
  FileFacts get(SourceTree tree, SourceFile file, int generation) {
    Entry known = entries.get(file.blobId());
    FileFacts facts = known != null ? known.facts() : compute(tree, file);
    entries.put(file.blobId(), new Entry(facts, generation));
    return facts;
  }

  private FileFacts compute(SourceTree tree, SourceFile file) {
    Optional<byte[]> stored = store.get(file.blobId(), KIND);
    if (stored.isPresent()) {
      return FactsCodec.decode(stored.get(), this::intern);
    }
    Content content;
    try {
      content = tree.read(file);
    } catch (SourceException e) {
      return FileFacts.unreadable(
          new Problem(Problem.Kind.UNREADABLE, 1, "", String.valueOf(e.getMessage())));
    }
    byte[] encoded = FactsCodec.encode(extractor.extract(frontEnd.apply(content.bytes())));
    // The id of what was read: the file may have changed since the tree was listed.
    store.put(content.blobId(), KIND, encoded);
    return FactsCodec.decode(encoded, this::intern);
  }

  private String intern(String text) {
    String known = strings.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /** Forgets what no scan since {@code generation} has asked for. */
  void evictBefore(int generation) {
    entries.values().removeIf(e -> e.generation() < generation);
  }
}
