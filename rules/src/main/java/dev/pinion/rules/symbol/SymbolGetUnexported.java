// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;

/** A symbol taken at run time that nobody offers, or not to this module. */
@AutoService(Rule.class)
public final class SymbolGetUnexported extends SymbolRule {
  private static final String RUN_TIME = "run-time-string";

  public SymbolGetUnexported() {
    super(
        new RuleInfo(
            "symbol-get-unexported",
            Tier.ERROR,
            "symbol_get() of a symbol that nobody exports, or not to this module",
            List.of(RUN_TIME)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (SymbolTaking taking : SymbolTaking.in(function, program)) {
      if (taking.symbol().isEmpty()) {
        excuse(
            report,
            function,
            taking.call().position(),
            RUN_TIME,
            "the name is known at run time only",
            List.of());
      } else {
        check(taking, taking.symbol().get(), program, report);
      }
    }
  }

  private void check(SymbolTaking taking, String symbol, Program program, Report report) {
    String call = taking.call().name() + "(" + symbol + ")";
    List<Export> exports = Exports.of(program).of(symbol);
    if (exports.isEmpty()) {
      List<Related> story = new ArrayList<>();
      for (FunctionRef definition : program.functions(symbol)) {
        story.add(
            new Related(
                Location.of(definition.file(), program.facts(definition).position()),
                "'" + symbol + "' is defined here and not exported"));
      }
      find(
          report,
          taking.function(),
          taking.call().position(),
          call + " returns NULL on modular kernels: nobody exports " + symbol,
          story);
      return;
    }
    for (Export export : exports) {
      if (export.namespace().isEmpty()
          || Exports.of(program).imports(taking.function().file(), export.namespace())) {
        return;
      }
    }
    Export export = exports.get(0);
    find(
        report,
        taking.function(),
        taking.call().position(),
        call
            + ": the symbol stands in the namespace "
            + export.namespace()
            + ", which this module does not import",
        List.of(
            new Related(
                export.location(), "exported by " + export.macro() + " to " + export.namespace())));
  }
}
