// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Many symbols of one module, taken one by one where one table of functions would do. */
@AutoService(Rule.class)
public final class SymbolGetPile extends SymbolRule {
  /** So many symbols of one provider in one file are a pile. */
  private static final int PILE = 3;

  public SymbolGetPile() {
    super(
        new RuleInfo(
            "symbol-get-pile",
            Tier.LATENT,
            "three or more symbols of one module are taken in one file",
            List.of()));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    piles(function.file(), program)
        .forEach(
            (provider, pile) -> {
              SymbolTaking third = pile.get(PILE - 1);
              if (third.function().equals(function)) {
                report(third, provider, pile, report);
              }
            });
  }

  /** The first taking of each symbol, in the file's order, by provider; those of piles only. */
  private static SortedMap<String, List<SymbolTaking>> piles(String file, Program program) {
    return program.memo(
        List.of("SymbolGetPile", file),
        () -> {
          SortedMap<String, SortedMap<String, SymbolTaking>> all = new TreeMap<>();
          for (FunctionRef function : program.functionsIn(file)) {
            if (SymbolFunctions.of(program).contains(function)) {
              for (SymbolTaking taking : SymbolTaking.in(function, program)) {
                taking
                    .symbol()
                    .ifPresent(
                        s ->
                            all.computeIfAbsent(provider(s, program), p -> new TreeMap<>())
                                .merge(s, taking, SymbolGetPile::earlier));
              }
            }
          }
          SortedMap<String, List<SymbolTaking>> piles = new TreeMap<>();
          for (Map.Entry<String, SortedMap<String, SymbolTaking>> e : all.entrySet()) {
            if (!e.getKey().isEmpty() && e.getValue().size() >= PILE) {
              List<SymbolTaking> inOrder = new ArrayList<>(e.getValue().values());
              inOrder.sort(Comparator.comparing(t -> t.call().position()));
              piles.put(e.getKey(), inOrder);
            }
          }
          return piles;
        });
  }

  private static SymbolTaking earlier(SymbolTaking a, SymbolTaking b) {
    return a.call().position().compareTo(b.call().position()) <= 0 ? a : b;
  }

  /** The module that exports the symbol, or else the file; empty if nobody does. */
  private static String provider(String symbol, Program program) {
    List<Export> exports = Exports.of(program).of(symbol);
    return exports.isEmpty()
        ? ""
        : ModuleMap.of(program)
            .moduleOf(exports.get(0).location().file())
            .orElse(exports.get(0).location().file());
  }

  private void report(SymbolTaking third, String provider, List<SymbolTaking> pile, Report report) {
    List<Related> story = new ArrayList<>();
    for (SymbolTaking taking : pile) {
      story.add(
          new Related(
              taking.location(),
              taking.function().name() + "() takes " + taking.symbol().orElse("")));
    }
    story.add(
        at(
            third.function(),
            third.call().position(),
            "latent only: each of them may be right; one table of functions, or a registration,"
                + " needs one look-up and one pin"));
    find(
        report,
        third.function(),
        third.call().position(),
        third.call().name()
            + "("
            + third.symbol().orElse("")
            + "): one of "
            + pile.size()
            + " symbols of "
            + provider
            + " that this file takes one by one",
        story);
  }
}
