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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A symbol taken at run time that the tree's own look-up rejects. */
@AutoService(Rule.class)
public final class SymbolGetNonGpl extends SymbolRule {
  private static final String UNCHECKED_TREE = "tree-without-check";

  public SymbolGetNonGpl() {
    super(
        new RuleInfo(
            "symbol-get-non-gpl",
            Tier.ERROR,
            "symbol_get() of a symbol exported without GPL, which modular kernels reject",
            List.of(UNCHECKED_TREE)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    Map<String, List<Taken>> byProvider = new LinkedHashMap<>();
    for (SymbolTaking taking : SymbolTaking.in(function, program)) {
      taking
          .symbol()
          .flatMap(s -> nonGpl(taking, s, program))
          .ifPresent(
              t ->
                  byProvider
                      .computeIfAbsent(t.exports().get(0).location().file(), f -> new ArrayList<>())
                      .add(t));
    }
    byProvider.values().forEach(all -> report(all, program, report));
  }

  /** A symbol taken that nobody exports GPL only. */
  private record Taken(SymbolTaking taking, String symbol, List<Export> exports) {
    String text() {
      return taking.call().name() + "(" + symbol + ")";
    }
  }

  private static Optional<Taken> nonGpl(SymbolTaking taking, String symbol, Program program) {
    List<Export> exports = Exports.of(program).of(symbol);
    return exports.isEmpty() || exports.stream().anyMatch(e -> e.license() == Export.License.GPL)
        ? Optional.empty()
        : Optional.of(new Taken(taking, symbol, exports));
  }

  /** What one function takes of one provider has one cause and is one finding. */
  private void report(List<Taken> all, Program program, Report report) {
    List<Taken> inOrder = new ArrayList<>(all);
    inOrder.sort(Comparator.comparing(t -> t.taking().call().position()));
    Taken first = inOrder.get(0);
    List<Related> story = new ArrayList<>();
    for (Taken taken : inOrder) {
      if (!taken.equals(first)) {
        story.add(new Related(taken.taking().location(), "so does " + taken.text()));
      }
      for (Export export : taken.exports()) {
        story.add(
            new Related(
                export.location(), "exported by " + export.macro() + "(" + taken.symbol() + ")"));
      }
    }
    Optional<Location> check = refusal(program);
    if (check.isEmpty()) {
      excuse(
          report,
          first.taking().function(),
          first.taking().call().position(),
          UNCHECKED_TREE,
          "this tree's __symbol_get() does not look at the licence of an export",
          story);
      return;
    }
    story.add(new Related(check.get(), "__symbol_get() rejects what is not GPL only"));
    find(
        report,
        first.taking().function(),
        first.taking().call().position(),
        first.text()
            + " returns NULL on modular kernels: "
            + first.symbol()
            + " is "
            + first.exports().get(0).macro()
            + "(), and __symbol_get() accepts EXPORT_SYMBOL_GPL() only"
            + others(inOrder.size() - 1),
        story);
  }

  private static String others(int more) {
    return switch (more) {
      case 0 -> "";
      case 1 -> "; the same for one more symbol";
      default -> "; the same for " + more + " more symbols";
    };
  }

  /** Where the tree's own look-up rejects exports without GPL; empty if it does not. */
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
