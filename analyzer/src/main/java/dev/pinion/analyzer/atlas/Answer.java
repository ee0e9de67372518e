// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import java.util.List;

/** What comes of a question: an answer, or that the tree knows no such name. */
public sealed interface Answer<T> {
  /** The name is known. */
  record Found<T>(T value) implements Answer<T> {}

  /**
   * The name is not known, or means too many things.
   *
   * @param why one line without a period: {@code no function 'kvm_pu_kvm'}
   * @param near names that may have been meant, nearest first; may be empty
   */
  record Unknown<T>(String why, List<String> near) implements Answer<T> {
    public Unknown {
      near = List.copyOf(near);
    }
  }
}
