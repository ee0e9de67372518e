// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, parsing ends with a result. */
class TotalityTest {
  private static final String SAMPLE =
      """
      #include <linux/list.h>
      #ifdef CONFIG_FOO
      #define each(p) list_for_each_entry(p, &head, node)
      #else
      static int other(void) { return 0; }
      #endif
      static DEFINE_MUTEX(lock);
      struct foo { int a; struct_group(g, int b;); u8 data[] __counted_by(a); };
      static int __init first(struct foo *f, char *s)
      {
      \tstruct foo *p __free(kfree) = NULL;
      \teach(p) {
      \t\tif (p->a == '\\'')
      \t\t\tcontinue;
      \t}
      \tasm goto("jmp %l[out]" : : : : out);
      \treturn container_of(s, struct foo, a)->b;
      out:
      }
      EXPORT_SYMBOL(first)
      """;

  private static ParsedUnit parse(String text) {
    return Parser.parse("t.c", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> names(ParsedUnit unit) {
    return unit.functions().stream().map(FunctionSpan::name).toList();
  }

  @Test
  void sampleIsClean() {
    ParsedUnit unit = parse(SAMPLE);
    assertEquals(List.of(), unit.problems());
    assertEquals(List.of("other", "first"), names(unit));
  }

  @Test
  void everyPrefixHasAResult() {
    for (int i = 0; i <= SAMPLE.length(); i++) {
      ParsedUnit unit = parse(SAMPLE.substring(0, i));
      assertEquals(i, unit.text().length());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyMutationHasAResult(long seed) {
    Random random = new Random(seed);
    byte[] original = SAMPLE.getBytes(StandardCharsets.UTF_8);
    String alphabet = "(){}[];,#\"'\\\n*/ax0<>=.:\0";
    for (int round = 0; round < 300; round++) {
      byte[] bytes = original.clone();
      for (int k = 0; k <= round % 7; k++) {
        bytes[random.nextInt(bytes.length)] =
            (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      ParsedUnit unit = Parser.parse("t.c", bytes);
      assertEquals(bytes.length, unit.text().length());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void anyBytesHaveAResult(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      assertEquals("t.c", Parser.parse("t.c", bytes).path());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "{", "[", "((", "if (a) {", "a = (", "sizeof(", "-(", "(x)("})
  void deepNestingIsAProblemAndCostsOneFunction(String open) {
    String close =
        new StringBuilder(open.replaceAll("[^({\\[]", ""))
            .reverse()
            .toString()
            .replace('(', ')')
            .replace('{', '}')
            .replace('[', ']');
    if (open.equals("(x)(")) {
      close = ")";
    } else if (open.equals("if (a) {")) {
      close = "}";
    }
    String deep =
        "int deep(void)\n{\n" + open.repeat(20_000) + "1;" + close.repeat(20_000) + ";\n}\n";
    ParsedUnit unit = parse("int before(void) { return 1; }\n" + deep + "int after(void) { }\n");
    assertTrue(
        unit.problems().stream().anyMatch(p -> p.kind() == ParseProblem.Kind.TOO_DEEP),
        unit.problems().toString());
    assertTrue(names(unit).containsAll(List.of("before", "after")), names(unit).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a[", "f(", "(x)(", "&(", "{(", "sizeof("})
  void nestingBelowTheLimitEnds(String open) {
    int depth = Brackets.MAX_DEPTH / 2 - 3;
    String close = open.equals("a[") ? "]" : open.equals("{(") ? ")}" : ")";
    String text = "int deep(void) { x = " + open.repeat(depth) + "1" + close.repeat(depth) + "; }";
    assertEquals(List.of("deep"), names(parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"else if (a) b();\n", "+ a\n", "? a : b\n", "- - \n", "* a\n", "&& !a\n"})
  void longChainsEnd(String link) {
    String start = link.startsWith("else") ? "if (a) b();\n" : "x = a\n";
    String text =
        "int before(void) { }\nint chain(void)\n{\n"
            + start
            + link.repeat(5_000)
            + "a;\n}\nint after(void) { }\n";
    assertTrue(names(parse(text)).containsAll(List.of("before", "after")));
  }

  @Test
  void nestedConditionalsEnd() {
    String text = "#if A\n".repeat(20_000) + "int x;\n" + "#endif\n".repeat(20_000);
    assertEquals(1, parse(text).arms().size());
    String condition = "#if " + "(".repeat(20_000) + "1\nint x;\n#endif\nint f(void) { }\n";
    assertEquals(List.of("f"), names(parse(condition)));
  }

  @Test
  void selfReferringMacrosEnd() {
    ParsedUnit unit =
        parse("#define A(x) B(x)\n#define B(x) A(x)\nA(1);\nint f(void) { A(1); B(A(B(2))); }\n");
    assertTrue(names(unit).contains("f"));
  }

  @Test
  void aTooLargeFileIsAProblem() {
    byte[] bytes = new byte[Parser.MAX_LENGTH + 1];
    ParsedUnit unit = Parser.parse("big.c", bytes);
    assertEquals(ParseProblem.Kind.TOO_LARGE, unit.problems().get(0).kind());
    assertEquals(List.of(), unit.arms());
  }

  @Test
  void bytesThatAreNotUtf8AreLatin1() {
    byte[] bytes = "/* \u00e9 */ int f(void) { }".getBytes(StandardCharsets.ISO_8859_1);
    ParsedUnit unit = Parser.parse("t.c", bytes);
    assertEquals(bytes.length, unit.text().length());
    assertEquals(List.of("f"), names(unit));
  }

  @Test
  void anUnbalancedFunctionCostsOnlyItself() {
    ParsedUnit unit =
        parse(
            """
            int a(void)
            {
            \tif (x) {
            }

            int b(void)
            {
            \tg((1);
            }

            int c(void)
            {
            \t}
            \treturn 1;
            }

            int d(void)
            {
            }
            """);
    assertEquals(List.of("a", "b", "c", "d"), names(unit));
    assertTrue(unit.problems().stream().anyMatch(p -> p.kind() == ParseProblem.Kind.UNBALANCED));
  }

  @Test
  void whatCannotBeParsedCostsOnlyItsFunction() {
    ParsedUnit unit = parse("int a(void) { @@ ) + ; }\nint b(void) { return 1; }\n");
    assertTrue(names(unit).contains("b"));
    assertFalse(unit.problems().isEmpty());
  }
}
