// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Nodes;
import dev.pinion.analyzer.parse.syntax.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the parser reports about whole files: trees, positions, facts and the ledger. */
class ParserTest {
  private static ParsedUnit parse(String text) {
    return Parser.parse("t.c", text.getBytes(StandardCharsets.UTF_8));
  }

  private static ParsedUnit clean(String text) {
    ParsedUnit unit = parse(text);
    assertEquals(List.of(), unit.problems());
    return unit;
  }

  /** Calls and loops in tree order, as {@code kind@line:column}. */
  private static List<String> outline(ParsedUnit unit) {
    List<String> outline = new ArrayList<>();
    for (ParsedArm arm : unit.arms()) {
      Nodes.walk(
          arm.tree().declarations(),
          node -> {
            String what =
                node instanceof Statement.For
                    ? "for"
                    : node instanceof Statement.If
                        ? "if"
                        : node instanceof Expression.Call call
                                && call.function() instanceof Expression.Identifier id
                            ? id.name()
                            : "";
            if (!what.isEmpty()) {
              Position at = unit.position(node);
              outline.add(what + "@" + at.line() + ":" + at.column());
            }
          });
    }
    return outline;
  }

  @Test
  void loopMacrosAreLoopsAndKeepTheirPlace() {
    ParsedUnit unit =
        clean(
            """
            void f(void)
            {
            \tlist_for_each_entry(p, &head, node)
            \t\tif (a)
            \t\t\tb(p);
            \tTRACE(x)
            \tc();
            }
            """);
    assertEquals(
        List.of("for@3:2", "list_for_each_entry@3:2", "if@4:3", "b@5:4", "TRACE@6:2", "c@7:2"),
        outline(unit));
  }

  @Test
  void localLoopMacrosAreExpandedWhereTheyAreUsed() {
    ParsedUnit unit =
        clean(
            """
            #define each(p) list_for_each_entry(p, &all, node)
            #define each_live(p) each(p) if (p->live)
            #define each_pair(p, q) \\
            \tlist_for_each_entry(p, &all, node) \\
            \tlist_for_each_entry(q, &all, node)
            void f(void)
            {
            \teach(p) {
            \t\ta();
            \t}
            \teach_live(p)
            \t\tb();
            \teach_pair(p, q)
            \t\tc();
            }
            """);
    List<String> outline = outline(unit);
    assertEquals(4, outline.stream().filter(s -> s.startsWith("for@")).count(), outline.toString());
    assertEquals(1, outline.stream().filter(s -> s.startsWith("if@11")).count());
    assertTrue(outline.contains("for@8:2"), outline.toString());
    assertTrue(outline.contains("b@12:3"), outline.toString());
    assertTrue(outline.contains("c@14:3"), outline.toString());
  }

  @Test
  void positionsSurviveCommentsInsertionsAndOtherLines() {
    ParsedUnit unit =
        clean("void f(void)\n{\n\t/* é */ a(b(struct c *,\n\t  0), /* d */ e(g)); h();\n}\n");
    assertEquals(List.of("a@3:10", "b@3:12", "e@4:16", "h@4:23"), outline(unit));
    Declaration function = unit.arms().get(0).tree().declarations().get(0);
    assertEquals(new Position(1, 1, 5, 2), unit.position(function));
    assertEquals(0, function.first());
  }

  @Test
  void bothArmsOfFileLevelConditionalsAreParsed() {
    ParsedUnit unit =
        clean(
            """
            #ifdef CONFIG_FOO
            int foo(void) { return real(); }
            #else
            static inline int foo(void) { return 0; }
            #endif
            #if 0
            int never(void) { }
            #endif
            int bar(void)
            {
            #ifndef CONFIG_BAR
            \tone();
            \ttwo();
            #else
            \tthree();
            #endif
            }
            """);
    assertEquals(
        List.of("foo PRIMARY 2", "foo OTHER 4", "bar PRIMARY 9"),
        unit.functions().stream()
            .map(f -> f.name() + " " + f.arm() + " " + f.firstLine())
            .toList());
    assertEquals(
        List.of(
            new SkippedArm(7, 7, SkippedArm.Place.DISABLED),
            new SkippedArm(12, 13, SkippedArm.Place.INSIDE)),
        unit.skippedArms());
    assertEquals(List.of("real@2:24", "three@15:2"), outline(unit));
  }

  @Test
  void factsOfTheFile() {
    ParsedUnit unit =
        clean(
            """
            #include <linux/list.h>
            #include "foo.h"
            #define SIZE (COUNT * 2) /* eight */
            #define show(fmt, args...) printk("a" fmt, \\
            \t\t\t\t     ##args)
            static DEFINE_MUTEX(lock);
            EXPORT_SYMBOL_NS_GPL(foo, "NS");
            int foo(struct x *x) __must_hold(&x->lock) __acquires(y)
            {
            \tstruct bar *b __free(kfree) = a();
            \tshow("z");
            }
            """);
    assertEquals(
        List.of(
            new Include("linux/list.h", Include.Style.ANGLED, 1),
            new Include("foo.h", Include.Style.QUOTED, 2)),
        unit.includes());
    assertEquals(
        List.of(
            new MacroDefinition("SIZE", MacroDefinition.Kind.OBJECT, List.of(), "(COUNT * 2)", 3),
            new MacroDefinition(
                "show",
                MacroDefinition.Kind.FUNCTION,
                List.of("fmt", "args..."),
                "printk(\"a\" fmt, ##args)",
                4)),
        unit.macros());
    assertTrue(unit.macros().get(1).variadic());
    assertEquals(
        List.of("static DEFINE_MUTEX[lock]@6", " EXPORT_SYMBOL_NS_GPL[foo, \"NS\"]@7"),
        unit.invocations().stream()
            .map(i -> i.storage() + " " + i.name() + i.arguments() + "@" + i.line())
            .toList());
    assertEquals(
        List.of("__must_hold[&x->lock] foo", "__acquires[y] foo"),
        unit.lockAnnotations().stream()
            .map(a -> a.annotation() + a.arguments() + " " + a.function())
            .toList());
    CleanupVariable cleanup = unit.cleanups().get(0);
    assertEquals("b kfree", cleanup.variable() + " " + cleanup.function());
    assertEquals(cleanup, unit.cleanup(cleanup.offset()).orElseThrow());
    assertEquals("b", unit.text().substring(cleanup.offset(), cleanup.offset() + 1));
  }

  @Test
  void aProblemIsNamedWithItsFunction() {
    ParsedUnit unit = parse("int good(void) { a(); }\nint bad(void)\n{\n\ta = = b;\n}\n");
    assertEquals(
        List.of("good", "bad"), unit.functions().stream().map(FunctionSpan::name).toList());
    assertTrue(unit.functions().get(0).clean());
    assertFalse(unit.functions().get(1).clean());
    ParseProblem problem = unit.problems().get(0);
    assertEquals("SYNTAX bad 4", problem.kind() + " " + problem.function() + " " + problem.line());
  }

  @Test
  void aFileWithoutDeclarationsHasNoTreesAndConstantsNameNothing() {
    ParsedUnit unit =
        clean(
            "#ifndef A_H\n#define A_H\n#define REG 0x10\n"
                + "#define NAME \"n\" /* of it */\n#define SHIFT (1 << 4) /* bits */\n"
                + "#define OTHER REG\n#define F(x) 1\n#define G() 2\n#endif\n");
    assertEquals(List.of(), unit.arms());
    assertEquals(
        List.of("OTHER", "F", "G"), unit.macros().stream().map(MacroDefinition::name).toList());
  }
}
