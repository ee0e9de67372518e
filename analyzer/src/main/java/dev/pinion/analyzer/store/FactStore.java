// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Facts by blob id. All methods but {@link #close} may be called from any thread.
 *
 * <p>A store cannot fail: whatever happens to the disk, {@link #get} answers with the bytes that
 * were put for this id and kind, or with nothing.
 */
public interface FactStore extends AutoCloseable {
  /** The fact's bytes; empty if they are to be computed. The array belongs to the caller. */
  Optional<byte[]> get(BlobId id, FactKind kind);

  /**
   * Keeps a fact. It is there for {@link #get} at once, for other processes when they open the
   * store, and survives the death of this process at any later moment. A second value for the same
   * id and kind is dropped: as both come from the same bytes, they are equal.
   */
  void put(BlobId id, FactKind kind, byte[] fact);

  /** What was {@linkplain #note(String, byte[]) noted} last under that name; it may be lost. */
  Optional<byte[]> note(String name);

  /**
   * Notes a small thing that changes, in place of what was noted before; of several processes that
   * do, one wins.
   *
   * @param name any text
   */
  void note(String name, byte[] value);

  /** Tidies up. A store that was never closed has lost nothing. */
  @Override
  void close();

  /** A store that remembers nothing. */
  static FactStore none() {
    return new NoStore();
  }

  /**
   * Opens the store in a folder, which is created if need be.
   *
   * @param folder for all versions; one process opens it once at a time
   * @param version of the analyzer and the form of its facts: no two that compute different facts
   *     from the same bytes may share one. Facts of other versions are not seen
   * @param limit of the facts of all versions together: what was not asked for the longest goes
   * @param warnings takes one line, without a line end, for each sort of trouble, at most once
   */
  static FactStore open(Path folder, String version, StoreLimit limit, Consumer<String> warnings) {
    return SegmentStore.open(folder, version, limit, InstantSource.system(), warnings);
  }

  /** Opens the store in a folder, within the usual limit. */
  static FactStore open(Path folder, String version, Consumer<String> warnings) {
    return open(folder, version, StoreLimit.DEFAULT, warnings);
  }

  /** {@code pinion} in the user's cache folder: {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  static Path defaultFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    return cache == null || !cache.startsWith("/") // Relative ones are to be ignored, it says.
        ? Path.of(System.getProperty("user.home", "/tmp"), ".cache", "pinion")
        : Path.of(cache, "pinion");
  }
}
