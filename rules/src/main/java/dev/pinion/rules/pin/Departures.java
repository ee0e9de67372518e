// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.rules.pin.ProviderExit.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How those leave who have handed a callback over.
 *
 * @param silent in plain code, and never taken back
 * @param bound when a driver gets its device, and never taken back
 * @param unwinding taken back where setting up fails, and not later
 * @param unfollowed in another callback, whose opposite is not followed
 * @param unclear in plain code, and the way out calls the keeper's module somehow
 * @param takenBack the proofs of those who take theirs back
 * @param undoer the function with which the first of them does
 * @param excuse the first provider's excuse that was found
 */
record Departures(
    List<Handover> silent,
    List<Handover> bound,
    List<Handover> unwinding,
    List<Handover> unfollowed,
    List<Handover> unclear,
    List<Excuse> takenBack,
    Optional<String> undoer,
    Optional<Excuse> excuse) {
  /** So many must take theirs back before it counts as what is expected of all. */
  private static final int CUSTOM = 2;

  static Departures of(Program program, Slot slot, List<Handover> loadable, ModulePins pins) {
    Departures all =
        new Departures(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            Optional.empty(),
            Optional.empty());
    Optional<String> undoer = Optional.empty();
    Optional<Excuse> excuse = Optional.empty();
    Optional<Excuse> bound = Optional.empty();
    for (Handover provider : loadable) {
      ProviderExit exit = new ProviderExit(program, slot, provider);
      SetUp setUp = new SetUp(program, slot, provider);
      Optional<Callback> callback = setUp.callback();
      Way way = exit.way();
      Optional<Excuse> one =
          switch (way) {
            case TAKES_BACK -> exit.takenBack();
            case CANNOT_LEAVE -> Optional.of(stays(provider));
            case UNWINDS_ONLY -> exit.undoneByHandle();
            case UNCLEAR -> exit.undoneByHandle().or(() -> held(setUp, provider, pins));
            case SILENT -> held(setUp, provider, pins);
          };
      excuse = excuse.isPresent() ? excuse : one;
      if (way == Way.TAKES_BACK) {
        one.ifPresent(all.takenBack()::add);
        undoer = undoer.isPresent() ? undoer : exit.undoer();
      } else if (one.isEmpty()) {
        boolean isBound = callback.filter(Callback::isBind).isPresent();
        if (isBound && way != Way.UNWINDS_ONLY && bound.isEmpty()) {
          bound = Optional.of(bound(setUp, callback.get()));
        }
        all.among(way, callback).ifPresent(l -> l.add(provider));
      }
    }
    Optional<Excuse> last = bound;
    return new Departures(
        all.silent,
        all.bound,
        all.unwinding,
        all.unfollowed,
        all.unclear,
        all.takenBack,
        undoer,
        excuse.or(() -> last));
  }

  /**
   * Where the provider is listed; a driver that calls the keeper's module when it leaves nowhere.
   */
  private Optional<List<Handover>> among(Way way, Optional<Callback> callback) {
    if (way == Way.UNWINDS_ONLY) {
      return Optional.of(unwinding);
    }
    if (callback.isEmpty()) {
      return Optional.of(way == Way.SILENT ? silent : unclear);
    }
    if (!callback.get().isBind()) {
      return Optional.of(unfollowed);
    }
    return way == Way.SILENT ? Optional.of(bound) : Optional.empty();
  }

  private static Optional<Excuse> held(SetUp setUp, Handover provider, ModulePins pins) {
    return pins.byProvider(provider)
        .or(
            () ->
                setUp
                    .forAnotherModule()
                    .map(
                        line ->
                            new Excuse(
                                "module-pinned",
                                "another module has it handed over, and cannot be loaded without"
                                    + " the provider",
                                List.of(line))));
  }

  private static Excuse bound(SetUp setUp, Callback callback) {
    return new Excuse(
        "bound-to-device",
        "handed over for a device, from which rmmod unbinds the driver first",
        setUp.lines(callback));
  }

  private static Excuse stays(Handover provider) {
    return new Excuse(
        "built-in",
        "the module of '" + provider.symbol() + "' has no exit function: it cannot be unloaded",
        List.of());
  }

  /**
   * Whether some never tell the keeper though most do: then nothing else undoes it for them, or the
   * others would not have to.
   */
  boolean deviates() {
    int forgetful = bound.size() + unwinding.size();
    return !bound.isEmpty() && takenBack.size() >= CUSTOM && takenBack.size() > forgetful;
  }

  /** The first line of how somebody takes his back. */
  Optional<Related> example() {
    return takenBack.stream().flatMap(e -> e.proof().stream()).findFirst();
  }
}
