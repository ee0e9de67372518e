// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.rule.Excuse;
import java.util.Optional;

/** What one kind of evidence says of a store: a defect, an excuse, or nothing at all. */
record Judgement(Optional<Evidence> evidence, Optional<Excuse> excuse) {
  static final Judgement NONE = new Judgement(Optional.empty(), Optional.empty());

  static Judgement of(Evidence evidence) {
    return new Judgement(Optional.of(evidence), Optional.empty());
  }

  static Judgement of(Excuse excuse) {
    return new Judgement(Optional.empty(), Optional.of(excuse));
  }

  boolean isNone() {
    return equals(NONE);
  }
}
