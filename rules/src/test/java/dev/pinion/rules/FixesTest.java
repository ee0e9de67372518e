// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FixCheck;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Carries out every fix that the rules propose for the pages' examples and the corpus. One that
 * holds must be expected by {@code // fixed}, with nothing in the file changed but that line; what
 * is expected must be there.
 */
class FixesTest {
  private static final RuleSet RULES = RuleSet.load();

  @TempDir Path scratch = Path.of("");

  @TestFactory
  Stream<DynamicTest> pages() {
    return RULES.ids().stream()
        .flatMap(id -> RULES.page(id).stream())
        .flatMap(page -> Fixture.ofPage(page.id(), page.markdown()).stream())
        .map(this::test);
  }

  @TestFactory
  Stream<DynamicTest> corpus() {
    return Corpus.fixtures().stream().map(this::test);
  }

  private DynamicTest test(Fixture fixture) {
    return DynamicTest.dynamicTest(
        fixture.name(),
        () -> {
          Path folder = Files.createDirectories(scratch.resolve(fixture.name()));
          fixture.writeTo(folder);
          assertEquals("", String.join("\n", complaints(fixture, WorkTree.open(folder))));
        });
  }

  private static List<String> complaints(Fixture fixture, SourceTree tree) throws Exception {
    List<Expectation> open =
        new ArrayList<>(
            fixture.expectations().stream()
                .filter(
                    e -> e.kind() == Expectation.Kind.FIXED || e.kind() == Expectation.Kind.NEEDS)
                .toList());
    List<String> complaints = new ArrayList<>();
    try (Engine engine = new Engine(RULES.rules(), FactStore.none(), 1, Engine.Trees.MANY)) {
      ScanResult result = engine.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      FixCheck check = new FixCheck(engine, tree, Progress.NONE, () -> false);
      for (CheckedFix fix : check.alone(result.findings())) {
        if (fix instanceof CheckedFix.Offered offered) {
          if (!open.removeIf(e -> isAt(e, offered) && isCarriedOut(e, offered, fixture, check))) {
            complaints.add(at(offered) + ": unexpected or another: " + offered.fix().edits());
          }
        } else if (fix instanceof CheckedFix.Advised advised) {
          open.removeIf(
              e ->
                  e.kind() == Expectation.Kind.NEEDS
                      && isAt(e, fix)
                      && Pattern.compile(e.text()).matcher(advised.fix().needs()).find());
        } else if (fix instanceof CheckedFix.Withdrawn withdrawn
            && !open.removeIf(
                e ->
                    e.kind() == Expectation.Kind.NEEDS
                        && isAt(e, fix)
                        && Pattern.compile(e.text()).matcher(withdrawn.why()).find())) {
          complaints.add(at(fix) + ": withdrawn: " + withdrawn.why());
        }
      }
    }
    open.forEach(e -> complaints.add(e + ": no such fix"));
    return complaints;
  }

  private static boolean isAt(Expectation e, CheckedFix fix) {
    Location at = fix.finding().finding().location();
    return e.rule().equals(fix.finding().finding().rule())
        && e.file().equals(at.file())
        && e.line() == at.line();
  }

  private static String at(CheckedFix fix) {
    return fix.finding().finding().location() + ": " + fix.finding().finding().rule();
  }

  /** Whether the file is the expected text: the same, but for the code of the line. */
  private static boolean isCarriedOut(
      Expectation e, CheckedFix.Offered fix, Fixture fixture, FixCheck check) {
    if (e.kind() != Expectation.Kind.FIXED) {
      return false;
    }
    List<String> expected =
        new ArrayList<>(fixture.files().getOrDefault(e.file(), "").lines().toList());
    String line = expected.get(e.line() - 1);
    String code = line.substring(0, line.indexOf("//")).strip();
    expected.set(e.line() - 1, line.replace(code, e.text()));
    try {
      byte[] edited = check.edited(List.of(fix)).getOrDefault(e.file(), new byte[0]);
      return expected.equals(new String(edited, StandardCharsets.UTF_8).lines().toList());
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }
}
