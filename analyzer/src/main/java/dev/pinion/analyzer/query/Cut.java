// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer under {@link Queries#settled} where nothing ever changes. Who hangs on it need not be
 * told what it hangs on, as long as another day can tell whether its value is still the same.
 */
final class Cut extends Once {
  private final long name;
  private OptionalLong digest = OptionalLong.empty();

  Cut(long name) {
    this.name = name;
  }

  long name() {
    return name;
  }

  /** The number that stands for it among inputs. */
  int number() {
    return Long.hashCode(name);
  }

  /** Has its value told by a number from now on, if there is one. */
  void tell(Digest digests) {
    @Nullable Object known = current();
    digest = known == null ? OptionalLong.empty() : digests.of(known);
  }

  /** The number of its value; empty if that has none. */
  OptionalLong digest() {
    return digest;
  }
}
