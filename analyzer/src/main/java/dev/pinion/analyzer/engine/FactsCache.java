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
    byte[] compute(SourceFile file, Content content);

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

  /** Getting the facts of one file of a tree. */
  Job job(SourceTree tree, SourceFile file, int generation) {
    return new Job(tree, file, generation);
  }

  /**
   * The two steps to the facts of one file, each taken once. What has to be computed stays in its
   * byte form between them: a cold scan allocates for a minute, and the garbage collector had
   * better not meet the facts of 60,000 files meanwhile.
   */
  final class Job {
    private final SourceTree tree;
    private final SourceFile file;
    private final int generation;
    private Optional<T> facts = Optional.empty();
    private byte[] computed = {};

    private Job(SourceTree tree, SourceFile file, int generation) {
      this.tree = tree;
      this.file = file;
      this.generation = generation;
    }

    String path() {
      return file.path();
    }

    /** Takes the facts from memory or store, or else computes them; never fails. */
    void prepare() {
      Entry<T> known = entries.get(file.blobId());
      facts =
          known != null
              ? Optional.of(known.facts())
              : store.get(file.blobId(), form.kind()).map(form::decode);
      if (facts.isEmpty()) {
        compute();
      }
    }

    private void compute() {
      try {
        Content content = tree.read(file);
        computed = form.compute(file, content);
        // The id of what was read: the file may have changed since the tree was listed.
        store.put(content.blobId(), form.kind(), computed);
      } catch (SourceException e) {
        facts = Optional.of(form.unreadable(String.valueOf(e.getMessage())));
      }
    }

    /** The facts; what could not be read has facts that say so. */
    T facts() {
      T result = facts.orElseGet(() -> form.decode(computed));
      computed = new byte[0]; // Or the bytes of all files would be there beside their facts.
      entries.put(file.blobId(), new Entry<>(result, generation));
      return result;
    }
  }

  /** Forgets what no scan since {@code generation} has asked for. */
  void evictBefore(int generation) {
    entries.values().removeIf(e -> e.generation() < generation);
  }
}
