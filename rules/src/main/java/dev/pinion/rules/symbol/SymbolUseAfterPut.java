// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider's function or table used or kept after the last pin of the provider is dropped. */
@AutoService(Rule.class)
public final class SymbolUseAfterPut extends SymbolRule {
  private static final String OTHER_PIN = "other-pin-held";

  public SymbolUseAfterPut() {
    super(
        new RuleInfo(
            "symbol-use-after-put",
            Tier.WARNING,
            "a symbol's function or table used or stored after its module reference is dropped",
            List.of(OTHER_PIN)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    PinReport pins = PinReport.of(function, program);
    OtherPin other = new OtherPin(pins.context());
    uses(pins, other, report);
    stashes(pins, other, report);
  }

  private void uses(PinReport pins, OtherPin other, Report report) {
    Map<String, List<PinReport.Use>> byPlace = new LinkedHashMap<>();
    for (PinReport.Use use : pins.droppedUses()) {
      byPlace.computeIfAbsent(use.site() + " " + use.position(), k -> new ArrayList<>()).add(use);
    }
    for (List<PinReport.Use> same : byPlace.values()) {
      Site site = pins.context().site(same.get(0).site());
      if (!isProviders(site, same.get(0).value(), pins.context())) {
        continue;
      }
      List<Related> proof = List.of();
      Optional<PinReport.Use> bad = Optional.empty();
      for (PinReport.Use use : same) {
        proof = other.forUse(site, use.value(), use.world());
        if (proof.isEmpty() && (bad.isEmpty() || bad.get().world().isUnlikely())) {
          bad = Optional.of(use);
        }
      }
      PinReport.Use use = bad.orElse(same.get(0));
      if (bad.isEmpty()) {
        excuse(
            report,
            pins.context().ref(),
            use.position(),
            OTHER_PIN,
            "a file of the provider is held, and holds its module",
            proof);
      } else {
        String what = Shown.path(use.path());
        find(
            report,
            use.world().odds(),
            pins.context().ref(),
            use.position(),
            "'" + what + "' of " + site.text() + " is used after its module reference was dropped",
            story(site, use.value(), use.world().pin(site.id()), pins.context()));
      }
    }
  }

  private void stashes(PinReport pins, OtherPin other, Report report) {
    Map<String, PinReport.End> bad = new LinkedHashMap<>();
    Map<String, Pin.Stash> all = new LinkedHashMap<>();
    Map<String, Site> sites = new LinkedHashMap<>();
    Map<String, List<Related>> proofs = new LinkedHashMap<>();
    for (PinReport.End end : pins.ends()) {
      end.world()
          .pins()
          .forEach(
              (id, pin) -> {
                Site site = pins.context().site(id);
                if (!pin.is(Pin.State.DROPPED)
                    || site.wrapper().effect() != SymbolWrapper.Effect.GET) {
                  return;
                }
                for (Pin.Stash stash : end.kept(pin)) {
                  if (!isProviders(site, stash.value(), pins.context())) {
                    continue;
                  }
                  String key = id + " " + stash.position();
                  all.put(key, stash);
                  sites.put(key, site);
                  List<Related> proof = other.forStash(site, stash, end.world());
                  proofs.put(key, proof);
                  if (proof.isEmpty()) {
                    bad.merge(key, end, PinReport.End::likelier);
                  }
                }
              });
    }
    all.forEach((key, stash) -> judge(key, stash, sites, bad, proofs, pins, report));
  }

  private void judge(
      String key,
      Pin.Stash stash,
      Map<String, Site> sites,
      Map<String, PinReport.End> bad,
      Map<String, List<Related>> proofs,
      PinReport pins,
      Report report) {
    Site site = java.util.Objects.requireNonNull(sites.get(key));
    FunctionRef function = pins.context().ref();
    PinReport.End end = bad.get(key);
    if (end == null) {
      excuse(
          report,
          function,
          stash.position(),
          OTHER_PIN,
          "a file of the provider is kept beside it, and holds its module",
          proofs.getOrDefault(key, List.of()));
      return;
    }
    Pin pin = end.world().pin(site.id());
    boolean before = stash.position().compareTo(pin.dropped()) < 0;
    find(
        report,
        end.world().odds(),
        function,
        stash.position(),
        "'"
            + stash.source()
            + "' of "
            + site.text()
            + (before ? " stays stored after" : " is stored after")
            + " its module reference was dropped"
            + (before && stash.what() == Pin.Stash.What.SYMBOL ? ": set it to NULL there" : ""),
        story(site, stash.value(), pin, pins.context()));
  }

  /** Whether a value is text or data of the provider: the symbol itself, or a table it returns. */
  private static boolean isProviders(Site site, String value, PinContext context) {
    return value.equals(PathFacts.valueOf(site.id())) || own(site, context).isPresent();
  }

  private static Optional<Related> own(Site site, PinContext context) {
    return site.symbol()
        .flatMap(s -> Provider.of(s, context.program()))
        .flatMap(Provider::returnsOwnData);
  }

  private static List<Related> story(Site site, String value, Pin pin, PinContext context) {
    List<Related> story = new ArrayList<>();
    story.add(
        at(context.ref(), site.call().position(), "module reference of the provider taken here"));
    if (!value.equals(PathFacts.valueOf(site.id()))) {
      own(site, context).ifPresent(story::add);
    }
    story.add(at(context.ref(), pin.dropped(), "and dropped here"));
    return story;
  }
}
