// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
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
import java.util.Locale;
import java.util.Optional;

/** A symbol taken at run time that the tree's own look-up refuses to give. */
@AutoService(Rule.class)
public final class SymbolGetNonGpl extends SymbolRule {
  private static final String UNCHECKED_TREE = "tree-without-check";

  public SymbolGetNonGpl() {
    super(
        new RuleInfo(
            "symbol-get-non-gpl",
            Tier.ERROR,
            "symbol_get() of a symbol exported without GPL, which fails at run time",
            List.of(UNCHECKED_TREE)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (SymbolTaking taking : SymbolTaking.in(function, program)) {
      taking.symbol().ifPresent(s -> check(taking, s, program, report));
    }
  }

  private void check(SymbolTaking taking, String symbol, Program program, Report report) {
    List<Export> exports = Exports.of(program).of(symbol);
    if (exports.isEmpty() || exports.stream().anyMatch(e -> e.license() == Export.License.GPL)) {
      return;
    }
    List<Related> story = new ArrayList<>();
    for (Export export : exports) {
      story.add(
          new Related(export.location(), "exported by " + export.macro() + "(" + symbol + ")"));
    }
    Optional<Location> refusal = refusal(program);
    String call = taking.call().name() + "(" + symbol + ")";
    if (refusal.isEmpty()) {
      excuse(
          report,
          taking.function(),
          taking.call().position(),
          UNCHECKED_TREE,
          "this tree's __symbol_get() does not look at the licence of an export",
          story);
      return;
    }
    story.add(new Related(refusal.get(), "the look-up refuses what is not GPL only"));
    find(
        report,
        taking.function(),
        taking.call().position(),
        call + " always fails: the symbol is exported without GPL",
        story);
  }

  /** Where the tree's own look-up refuses exports without GPL; empty if it does not. */
  static Optional<Location> refusal(Program program) {
    return program.memo(List.of(SymbolGetNonGpl.class, "refusal"), () -> findRefusal(program));
  }

  private static Optional<Location> findRefusal(Program program) {
    for (FunctionRef lookUp : program.functions("__symbol_get")) {
      for (BasicBlock block : program.ir(lookUp).cfg().blocks()) {
        if (block.terminator() instanceof Terminator.Branch branch
            && isLicense(branch.condition().left())
            && branch.condition().right() instanceof Value.Load constant
            && constant.path().isVariable()) {
          return Optional.of(Location.of(lookUp.file(), branch.position()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isLicense(Value value) {
    if (!(value instanceof Value.Load load)) {
      return false;
    }
    String field = load.path().lastField().toLowerCase(Locale.ROOT);
    return field.contains("license") || field.contains("licence");
  }
}
