// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A put that was meant for another symbol: the function takes one and no more that it neither puts
 * nor hands to anybody, and puts one that it has not taken.
 */
final class OtherName {
  private OtherName() {}

  /** The put of the symbol that is left over. */
  static Optional<Fix> instead(PinReport pins, PinReport.Put put) {
    List<Site> left = new ArrayList<>();
    for (Site site : pins.context().sites()) {
      if (isLeftOver(site, pins)) {
        left.add(site);
      }
    }
    if (left.size() != 1 || put.call().arguments().isEmpty()) {
      return Optional.empty();
    }
    Site site = left.get(0);
    String call = put.call().name() + "(";
    return site.symbol()
        .map(
            symbol ->
                Fix.complete(
                    "put " + symbol + ", which was taken here",
                    List.of(
                        new TextEdit(
                            Location.of(pins.context().ref().file(), put.call().position()),
                            call + Shown.value(put.call().arguments().get(0)) + ")",
                            call + symbol + ")"))));
  }

  /** Taken, put on no path, and where a path ends with it held it is stored nowhere. */
  private static boolean isLeftOver(Site site, PinReport pins) {
    boolean held = false;
    for (PinReport.End end : pins.ends()) {
      Pin pin = end.world().pins().get(site.id());
      if (pin != null && pin.is(Pin.State.HELD)) {
        held = true;
        if (!end.kept(pin).isEmpty()) {
          return false;
        }
      }
    }
    return held
        && site.wrapper().effect() == SymbolWrapper.Effect.GET
        && pins.puts().stream().noneMatch(p -> p.site() == site.id());
  }
}
