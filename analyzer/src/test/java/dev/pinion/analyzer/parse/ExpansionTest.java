// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.parse.syntax.Declaration.FunctionDefinition;
import dev.pinion.analyzer.parse.syntax.Nodes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file's own macros come out as a preprocessor would leave them. */
class ExpansionTest {
  private static ParsedUnit parse(String source) {
    return Parser.parse("t.c", source.getBytes(StandardCharsets.UTF_8));
  }

  private static FunctionDefinition last(ParsedUnit unit) {
    var all = unit.arms().get(0).tree().declarations();
    return (FunctionDefinition) all.get(all.size() - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
      define M(x) f(x, x)         => M(a);       => Call(Identifier(f), [Identifier(a) Identifier(a)])
      define M f                  => M(a);       => Call(Identifier(f), [Identifier(a)])
      define M(x) f(#x)           => M(a + 1);   => Call(Identifier(f), [Literal(STRING, "a + 1")])
      define M(x) f_##x(x##1)     => M(a);       => Call(Identifier(f_a), [Identifier(a1)])
      define M(x, y) f(x##y)      => M(a,);      => Call(Identifier(f), [Identifier(a)])
      define M(x, r...) f(x, ##r) => M(a);       => Call(Identifier(f), [Identifier(a)])
      define M(x, ...) f(x, ##__VA_ARGS__) => M(a, b, c); => Call(Identifier(f), [Identifier(a) Identifier(b) Identifier(c)])
      define M(x) M(x + 1)        => M(a);       => Call(Identifier(M), [Binary(ADD, Identifier(a), Literal(INTEGER, 1))])
      define M(x) (x)             => f(M(M(a))); => Call(Identifier(f), [Unary(PARENTHESES, Unary(PARENTHESES, Identifier(a)))])
      define M f(__LINE__)         => M;         => Call(Identifier(f), [Literal(INTEGER, 4)])
      """)
  void macrosAreExpanded(String definition, String use, String expected) {
    FunctionDefinition function =
        last(parse("#" + definition + "\nvoid g(void)\n{\n" + use + "\n}\n"));
    assertEquals(
        "ExpressionStatement(" + expected + ")", Nodes.show(function.body().statements().get(0)));
  }

  @Test
  void whatAMacroMakesStandsWhereItIsUsed() {
    ParsedUnit unit = parse("#define M(x) f(x)\nvoid g(void)\n{\n\tM(\n\t  a);\n}\n");
    assertEquals(new Position(4, 2, 5, 7), unit.position(last(unit).body().statements().get(0)));
  }

  @Test
  void aDefinitionHoldsFromWhereItStands() {
    ParsedUnit unit =
        parse("void a(void) { x(y()); }\n#define x(p) z(p)\nvoid b(void) { x(1); }\n");
    String shown = Nodes.show(unit.arms().get(0).tree().declarations());
    assertTrue(shown.contains("Identifier(x)") && shown.contains("Identifier(z)"), shown);
  }

  @Test
  void expansionWithoutEndIsCutOff() {
    StringBuilder source = new StringBuilder("#define M0(x) f(x, x)\n");
    for (int i = 1; i < 64; i++) {
      source.append("#define M%d(x) M%d(M%d(x))\n".formatted(i, i - 1, i - 1));
    }
    ParsedUnit unit = parse(source + "void g(void) { M63(1); }\nvoid h(void) { }\n");
    assertTrue(unit.functions().stream().anyMatch(f -> f.name().equals("h")));
    assertTrue(
        unit.problems().stream().anyMatch(p -> p.kind() == ParseProblem.Kind.TOO_LARGE),
        unit.problems().toString());
  }
}
