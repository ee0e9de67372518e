// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.util.Comparator;

/**
 * What a fact is found by.
 *
 * @param id of the content it is about
 * @param kind the {@linkplain FactKind#code code} of its kind
 */
record FactKey(BlobId id, int kind) implements Comparable<FactKey> {
  private static final Comparator<FactKey> ORDER =
      Comparator.comparing(FactKey::id).thenComparingInt(FactKey::kind);

  @Override
  public int compareTo(FactKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public int hashCode() {
    return id.hashCode() + kind;
  }
}
