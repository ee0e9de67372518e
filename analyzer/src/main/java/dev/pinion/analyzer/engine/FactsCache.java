// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

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

/**
 * Facts of files of one kind: from memory, else from the store, else from the file's bytes. Facts
 * always pass through their byte form, so that a warm scan cannot differ from a cold one.
 */
final class FactsCache<T> {
  /** How facts of this kind are made and kept. */
  interface Form<T> {
    FactKind kind();

    /** The facts' byte form; never fails. */
    byte[] compute(SourceFile file, byte[] content);

    T decode(byte[] facts);

    /** What is known of a file that cannot be read. */
    T unreadable(String why);
  }

  private final FactStore store;
  private final Form<T> form;
  private final ConcurrentMap<BlobId, Entry<T>> entries = new ConcurrentHashMap<>();

  private record Entry<T>(T facts, int generation) {}

  FactsCache(FactStore store, Form<T> form) {
    this.store = store;
    this.form = form;
  }

  /** The facts of a file of that tree; never fails: what cannot be read has facts that say so. */
  T get(SourceTree tree, SourceFile file, int generation) {
    Entry<T> known = entries.get(file.blobId());
    T facts = known != null ? known.facts() : load(tree, file);
    entries.put(file.blobId(), new Entry<>(facts, generation));
    return facts;
  }

  private T load(SourceTree tree, SourceFile file) {
    Optional<byte[]> stored = store.get(file.blobId(), form.kind());
    if (stored.isPresent()) {
      return form.decode(stored.get());
    }
    Content content;
    try {
      content = tree.read(file);
    } catch (SourceException e) {
      return form.unreadable(String.valueOf(e.getMessage()));
    }
    byte[] facts = form.compute(file, content.bytes());
    // The id of what was read: the file may have changed since the tree was listed.
    store.put(content.blobId(), form.kind(), facts);
    return form.decode(facts);
  }

  /** Forgets what no scan since {@code generation} has asked for. */
  void evictBefore(int generation) {
    entries.values().removeIf(e -> e.generation() < generation);
  }
}
