// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.util.Optional;

/** Remembers nothing. */
record NoStore() implements FactStore {
  @Override
  public Optional<byte[]> get(BlobId id, FactKind kind) {
    return Optional.empty();
  }

  @Override
  public void put(BlobId id, FactKind kind, byte[] fact) {}

  @Override
  public Optional<byte[]> note(String name) {
    return Optional.empty();
  }

  @Override
  public void note(String name, byte[] value) {}

  @Override
  public void close() {}
}
