// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How those leave who have handed a callback over.
 *
 * @param silent in plain code, and never taken back
 * @param bound in a driver's callback or for another module, and never taken back
 * @param takenBack the proofs of those who take theirs back
 * @param excuse the first provider's excuse that was found
 */
record Departures(
    List<Handover> silent, List<Handover> bound, List<Excuse> takenBack, Optional<Excuse> excuse) {
  /** So many must take theirs back before it counts as what is expected of all. */
  private static final int CUSTOM = 2;

  static Departures of(Program program, Slot slot, List<Handover> loadable, ModulePins pins) {
    List<Handover> silent = new ArrayList<>();
    List<Handover> bound = new ArrayList<>();
    List<Excuse> takenBack = new ArrayList<>();
    Optional<Excuse> excuse = Optional.empty();
    for (Handover provider : loadable) {
      ProviderExit exit = new ProviderExit(program, slot, provider);
      ProviderExit.Way way = exit.way();
      Optional<Excuse> one =
          switch (way) {
            case TAKES_BACK -> exit.takenBack();
            case CANNOT_LEAVE -> Optional.of(stays(provider));
            case UNCLEAR -> Optional.empty();
            case SILENT -> pins.byProvider(provider);
          };
      if (way == ProviderExit.Way.TAKES_BACK) {
        one.ifPresent(takenBack::add);
      }
      if (way == ProviderExit.Way.SILENT && one.isEmpty()) {
        (exit.isBound() ? bound : silent).add(provider);
      }
      excuse = excuse.or(() -> one);
    }
    return new Departures(silent, bound, takenBack, excuse);
  }

  private static Excuse stays(Handover provider) {
    return new Excuse(
        "built-in",
        "the module of '" + provider.symbol() + "' has no exit function: it cannot be unloaded",
        List.of());
  }

  boolean nobodyIsSilent() {
    return silent.isEmpty() && bound.isEmpty();
  }

  /**
   * Whether some never tell the keeper though most do: then nothing else undoes it for them, or the
   * others would not have to.
   */
  boolean deviates() {
    return !bound.isEmpty() && takenBack.size() >= CUSTOM && takenBack.size() > bound.size();
  }

  /** Whom to tell of. */
  List<Handover> worst() {
    return silent.isEmpty() ? bound : silent;
  }
}
