// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixCheckTest {
  @TempDir Path folder = Path.of("");

  /**
   * {@code bad()} is a finding; {@code bad_<to>()} is one with the fix to call {@code <to>()}
   * instead. {@code worse()} is a finding of another rule, as is each {@code once()} of several,
   * and {@code crash()} crashes.
   */
  private static final class Calling implements Rule {
    private final RuleInfo info;
    private final String prefix;

    Calling(String id, Tier tier, String prefix) {
      this.info = new RuleInfo(id, tier, "a call", List.of());
      this.prefix = prefix;
    }

    @Override
    public RuleInfo info() {
      return info;
    }

    @Override
    public Collection<String> files(Program program) {
      return program.paths();
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return true;
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      for (Instruction.Call call : Calls.of(program.ir(function))) {
        if (call.calls("crash")) {
          throw new IllegalStateException("boom");
        }
        boolean once = call.calls("once") && program.functionsCalling("once").size() > 1;
        if (call.name().startsWith(prefix) || (once && prefix.equals("worse"))) {
          report.finding(finding(function, call));
        }
      }
    }

    private Finding finding(FunctionRef function, Instruction.Call call) {
      Location at = Location.of(function.file(), call.position());
      String name = call.name();
      List<Fix> fixes =
          name.startsWith("bad_")
              ? List.of(
                  Fix.complete(
                      "call " + name.substring(4),
                      List.of(new TextEdit(at, name, name.substring(4)))))
              : name.equals("bad")
                  ? List.of(Fix.remark("do better", "somebody has to know how"))
                  : List.of();
      String message = name.startsWith("bad") ? "bad" : name;
      return new Finding(info.id(), info.tier(), at, function.name(), message, List.of(), fixes);
    }
  }

  private SourceTree tree(String... texts) throws Exception {
    for (int i = 0; i < texts.length; i++) {
      Files.write(folder.resolve((char) ('a' + i) + ".c"), bytes(texts[i]));
    }
    return WorkTree.open(folder);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Engine engine(FactStore store) {
    return new Engine(
        List.of(
            new Calling("test-bad", Tier.WARNING, "bad"),
            new Calling("test-worse", Tier.LATENT, "worse")),
        store,
        1,
        Engine.Trees.MANY);
  }

  private interface Task {
    List<CheckedFix> run(FixCheck check, List<Reported> findings) throws Exception;
  }

  /** What becomes of the fixes of a tree, one line each. */
  private static List<String> fixes(SourceTree tree, Task task) throws Exception {
    try (Engine engine = engine(FactStore.none())) {
      ScanResult found =
          engine.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, Cancellation.NEVER);
      FixCheck check = new FixCheck(engine, tree, Progress.NONE, Cancellation.NEVER);
      List<String> lines = new ArrayList<>();
      for (CheckedFix fix : task.run(check, found.findings())) {
        lines.add(
            fix.finding().finding().location()
                + (fix instanceof CheckedFix.Withdrawn w
                    ? " withdrawn: " + w.why()
                    : fix instanceof CheckedFix.Advised a
                        ? " needs: " + a.fix().needs()
                        : " offered"));
      }
      return lines;
    }
  }

  private static List<String> alone(SourceTree tree) throws Exception {
    return fixes(tree, FixCheck::alone);
  }

  private static List<String> together(SourceTree tree) throws Exception {
    return fixes(
        tree,
        (check, findings) ->
            check.together(
                check.alone(findings).stream()
                    .filter(f -> f instanceof CheckedFix.Offered)
                    .map(f -> (CheckedFix.Offered) f)
                    .toList()));
  }

  @Test
  void aFixThatLeavesNothingBehindIsOffered() throws Exception {
    assertEquals(
        List.of("a.c:1:16 offered", "b.c:1:16 needs: somebody has to know how"),
        alone(tree("void f(void) { bad_good(); }\n", "void g(void) { bad(); }\n")));
  }

  @Test
  void aFixThatBringsAnotherFindingIsWithdrawnWhateverItsTier() throws Exception {
    assertEquals(
        List.of("a.c:1:16 withdrawn: it would bring test-worse at a.c:1: worse"),
        alone(tree("void f(void) { bad_worse(); }\n")));
  }

  @Test
  void aFixThatLeavesTheFindingIsWithdrawn() throws Exception {
    assertEquals(
        List.of("a.c:1:16 withdrawn: the finding would still be there"),
        alone(tree("void f(void) { bad_bad_good(); }\n")));
  }

  @Test
  void aFixOnWhichARuleCrashesIsWithdrawn() throws Exception {
    List<String> fixes = alone(tree("void f(void) { bad_crash(); }\n"));
    assertEquals(1, fixes.size());
    assertEquals(
        "a.c:1:16 withdrawn: a rule fails on the edited file: test-bad on a.c:1 f()",
        fixes.get(0).substring(0, fixes.get(0).indexOf(": java")));
  }

  @Test
  void aCallThatAMacroMakesIsNotEdited() throws Exception {
    assertEquals(
        List.of(
            "a.c:2:16 withdrawn: line 2 does not spell bad_good there: it comes from a macro, or"
                + " the file has changed"),
        alone(tree("#define CALL bad_good()\nvoid f(void) { CALL; }\n")));
  }

  @Test
  void whatIsRightAloneNeedNotBeRightTogether() throws Exception {
    SourceTree tree = tree("void f(void) { bad_once(); }\n", "void g(void) { bad_once(); }\n");
    assertEquals(List.of("a.c:1:16 offered", "b.c:1:16 offered"), alone(tree));
    assertEquals(
        List.of(
            "a.c:1:16 offered",
            "b.c:1:16 withdrawn: with the fixes before it: it would bring test-worse at a.c:1:"
                + " once"),
        together(tree));
  }

  @Test
  void severalInOneFileGoTogether() throws Exception {
    SourceTree tree = tree("void f(void) { bad_good();\n  bad_fine(); }\n");
    assertEquals(List.of("a.c:1:16 offered", "a.c:2:3 offered"), together(tree));
  }

  @Test
  void findingsThatLookAlikeAreToldApart() throws Exception {
    SourceTree tree = tree("void f(void) {\n\tbad_good();\n\tbad_good();\n\tbad_worse();\n}\n");
    assertEquals(
        List.of(
            "a.c:2:2 offered",
            "a.c:3:2 offered",
            "a.c:4:2 withdrawn: it would bring test-worse at a.c:4: worse"),
        alone(tree));
  }

  @Test
  void proposalsAreRememberedWithTheFindings() throws Exception {
    SourceTree tree = tree("void f(void) { bad_good(); bad(); }\n");
    try (FactStore store =
            FactStore.open(folder.resolve("store"), "test", w -> assertEquals("", w));
        Engine first = engine(store);
        Engine second = engine(store)) {
      ScanResult found =
          first.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, Cancellation.NEVER);
      assertEquals(2, found.findings().stream().mapToInt(f -> f.finding().fixes().size()).sum());
      assertEquals(
          found, second.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, Cancellation.NEVER));
    }
  }

  private static TextEdit edit(int line, int column, String before, String after) {
    return new TextEdit(new Location("a.c", line, column), before, after);
  }

  @Test
  void otherBytesStayAsTheyAre() throws Exception {
    assertArrayEquals(
        bytes("/* \u00fc */ new();\r\n"),
        EditedText.of(bytes("/* \u00fc */ old();\r\n"), List.of(edit(1, 9, "old", "new"))));
    byte[] utf8 = "/* \u00fc\ud83d\ude00 */ old()".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(
        "/* \u00fc\ud83d\ude00 */ new()".getBytes(StandardCharsets.UTF_8),
        EditedText.of(utf8, List.of(edit(1, 11, "old", "new"))));
    assertArrayEquals(
        bytes("a;\r\nb;\r\n"), EditedText.of(bytes("b;\r\n"), List.of(edit(1, 1, "", "a;\n"))));
  }

  @Test
  void theSameEditTwiceIsOneAndOverlappingOnesAreNone() throws Exception {
    byte[] text = bytes("f(old);\n");
    assertArrayEquals(
        bytes("f(new);\n"),
        EditedText.of(text, List.of(edit(1, 3, "old", "new"), edit(1, 3, "old", "new"))));
    assertThrows(
        EditException.class,
        () -> EditedText.of(text, List.of(edit(1, 3, "old", "new"), edit(1, 1, "f(old)", "g()"))));
  }

  @Test
  void anEditOutsideOfTheTextOrOfAPartOfANameIsNone() throws IOException {
    byte[] text = bytes("f(old_one);\n");
    for (TextEdit edit :
        List.of(
            edit(9, 1, "f", "g"),
            edit(0, 1, "f", "g"),
            edit(1, 80, "f", "g"),
            edit(1, 3, "old", "new"),
            edit(1, 7, "one", "two"),
            edit(1, 3, "new_one", "x"))) {
      assertThrows(EditException.class, () -> EditedText.of(text, List.of(edit)), edit::toString);
    }
  }
}
