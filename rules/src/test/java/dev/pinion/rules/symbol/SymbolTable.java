// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrappers;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Prints every symbol of a tree that is taken at run time, by whom, who exports it and how, and
 * what the look-up will say. Run by {@code bench/symbols TREE}.
 */
final class SymbolTable {
  private static final String UNKNOWN = "(run-time string)";

  private SymbolTable() {}

  /** A rule that finds every taking: its message is the symbol, its story the exports. */
  private static final class EveryTaking implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("symbol-table", Tier.LATENT, "every symbol taken", List.of());
    }

    @Override
    public Collection<String> files(Program program) {
      return SymbolTable.files(SymbolTaking.takers(program));
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return SymbolTaking.takers(program).contains(function);
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      for (SymbolTaking taking : SymbolTaking.in(function, program)) {
        String symbol = taking.symbol().orElse(UNKNOWN);
        List<Export> exports = Exports.of(program).of(symbol);
        List<Related> story = new ArrayList<>();
        for (Export export : exports) {
          String namespace = export.namespace().isEmpty() ? "" : ", " + export.namespace();
          story.add(
              new Related(
                  export.location(), export.macro() + namespace + " (" + export.license() + ")"));
        }
        report.finding(
            new Finding(
                "symbol-table",
                Tier.LATENT,
                taking.location(),
                function.name(),
                symbol
                    + " "
                    + taking.wrapper().name()
                    + " "
                    + verdict(taking, symbol, exports, program),
                story));
      }
    }

    private static String verdict(
        SymbolTaking taking, String symbol, List<Export> exports, Program program) {
      if (symbol.equals(UNKNOWN)) {
        return "not resolvable";
      }
      if (exports.isEmpty()) {
        return "fails: nobody exports it";
      }
      boolean gpl = exports.stream().anyMatch(e -> e.license() == Export.License.GPL);
      if (!gpl && SymbolGetNonGpl.refusal(program).isPresent()) {
        return "fails: exported without GPL";
      }
      boolean open =
          exports.stream()
              .anyMatch(
                  e ->
                      e.namespace().isEmpty()
                          || Exports.of(program).imports(taking.function().file(), e.namespace()));
      return open ? "found" : "namespace not imported";
    }
  }

  /** A rule that finds every recognised wrapper, at its first candidate. */
  private static final class EveryWrapper implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("wrapper-table", Tier.LATENT, "every wrapper", List.of());
    }

    @Override
    public Collection<String> files(Program program) {
      return SymbolTable.files(SymbolTaking.takers(program));
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return new TreeSet<>(SymbolTaking.takers(program)).first().equals(function);
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      for (SymbolWrapper wrapper : SymbolWrappers.of(program).recognised()) {
        report.finding(
            new Finding(
                "wrapper-table",
                Tier.LATENT,
                dev.pinion.analyzer.evidence.Location.of(
                    function.file(), program.facts(function).position()),
                function.name(),
                "| `"
                    + wrapper.name()
                    + "` | "
                    + wrapper.argument()
                    + " | "
                    + wrapper.by()
                    + " | "
                    + wrapper.effect()
                    + " | "
                    + wrapper.origin()
                    + " |",
                List.of()));
      }
    }
  }

  private static final class Row {
    final TreeSet<String> places = new TreeSet<>();
    final TreeSet<String> exports = new TreeSet<>();
    final TreeSet<String> verdicts = new TreeSet<>();
  }

  /** What finds the rows of the table. */
  static List<Rule> rules() {
    return List.of(new EveryTaking(), new EveryWrapper());
  }

  /** Prints the table of the tree named by the first argument. */
  public static void main(String[] args) throws Exception {
    SourceTree tree = WorkTree.open(Path.of(args[0]));
    ScanResult result;
    Consumer<String> warnings = line -> System.err.println(line);
    try (FactStore store =
            FactStore.open(FactStore.defaultFolder(), Engine.FACTS_VERSION, warnings);
        Engine engine = new Engine(rules(), store, 2)) {
      result = engine.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, () -> false);
    }
    if (!result.failures().isEmpty()) {
      throw new IllegalStateException(String.join("\n", result.failures()));
    }
    print(tree, result, new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  static void print(SourceTree tree, ScanResult result, PrintStream out) {
    SortedMap<String, Row> rows = new TreeMap<>();
    TreeSet<String> wrappers = new TreeSet<>();
    int takings = 0;
    for (Reported reported : result.findings()) {
      Finding finding = reported.finding();
      if (finding.rule().equals("wrapper-table")) {
        wrappers.add(finding.message());
      }
      if (!finding.rule().equals("symbol-table")) {
        continue;
      }
      takings++;
      boolean known = !finding.message().startsWith(UNKNOWN);
      String symbol = known ? finding.message().split(" ", 2)[0] : UNKNOWN;
      String[] rest = finding.message().substring(symbol.length() + 1).split(" ", 2);
      Row row = rows.computeIfAbsent(symbol, s -> new Row());
      row.places.add(
          finding.location().file() + ":" + finding.location().line() + " `" + rest[0] + "`");
      row.verdicts.add(rest[1]);
      for (Related export : finding.related()) {
        row.exports.add(
            export.location().file() + ":" + export.location().line() + " " + export.message());
      }
    }
    long symbols = rows.keySet().stream().filter(s -> !s.equals(UNKNOWN)).count();
    out.println("<!-- Generated by bench/symbols; do not edit. -->");
    out.println(
        "# Symbols taken at run time in Linux "
            + tree.kernelVersion().map(Object::toString).orElse("(unknown)"));
    out.println();
    out.printf(
        "%d distinct symbols, taken at %d places (run-time strings included).%n%n",
        symbols, takings);
    out.println("Wrappers recognised from their own definitions:\n");
    out.println("| wrapper | argument | says | effect on the module reference | defined at |");
    out.println("| --- | --- | --- | --- | --- |");
    wrappers.forEach(out::println);
    out.println();
    out.println("| symbol | verdict | exported by | taken at |");
    out.println("| --- | --- | --- | --- |");
    rows.forEach(
        (symbol, row) ->
            out.printf(
                "| %s | %s | %s | %s |%n",
                symbol.equals(UNKNOWN) ? symbol : "`" + symbol + "`",
                String.join(", ", row.verdicts),
                row.exports.stream().collect(Collectors.joining("<br>")),
                row.places.stream().collect(Collectors.joining("<br>"))));
  }

  private static Collection<String> files(Collection<FunctionRef> functions) {
    Collection<String> files = new TreeSet<>();
    functions.forEach(f -> files.add(f.file()));
    return files;
  }
}
