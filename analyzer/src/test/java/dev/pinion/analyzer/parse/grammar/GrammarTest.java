// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.parse.ParsedUnit;
import dev.pinion.analyzer.parse.Parser;
import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declaration.FunctionDefinition;
import dev.pinion.analyzer.parse.syntax.Nodes;
import dev.pinion.analyzer.parse.syntax.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the grammar makes of single statements and declarations, where C alone does not tell. */
class GrammarTest {
  private static ParsedUnit parse(String source) {
    return Parser.parse("t.c", source.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Declaration> declarations(String source) {
    return parse(source).arms().get(0).tree().declarations();
  }

  /** The kind of the first statement of a function with some names declared around it. */
  private static Statement statement(String text) {
    List<Declaration> all =
        declarations(
            "typedef struct foo foo_t; extern int call(int);"
                + "void f(foo_t *p, int a, int b) { %s }".formatted(text));
    return ((FunctionDefinition) all.get(all.size() - 1)).body().statements().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
      a * b;                 => ExpressionStatement
      foo_t * q;             => DeclarationStatement
      unknown * q;           => DeclarationStatement
      unknown * q * r;       => ExpressionStatement
      unknown q;             => DeclarationStatement
      unknown const q;       => DeclarationStatement
      unknown (*q)(int);     => DeclarationStatement
      unknown (*q)[3] = p;   => DeclarationStatement
      unknown (*p);          => ExpressionStatement
      unknown(a);            => ExpressionStatement
      NAME(a) = b;           => ExpressionStatement
      NAME(q) = { 1 };       => DeclarationStatement
      struct foo *q = p, *r; => DeclarationStatement
      typeof(a) c = b;       => DeclarationStatement
      __auto_type c = b;     => DeclarationStatement
      *p = a;                => ExpressionStatement
      (void)call(a);         => ExpressionStatement
      label: call(a);        => Labeled
      goto *p;               => ComputedGoto
      asm("nop");            => Assembly
      """)
  void statementsAreToldFromDeclarations(String text, String kind) {
    assertEquals(kind, statement(text).getClass().getSimpleName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
      (foo_t)(a)         => Cast
      (unknown)(a)       => Call
      (unknown)(long)a   => Cast
      (unknown)(u8 *)a   => Cast
      (unknown)a         => Cast
      (a)-b              => Binary
      (foo_t)-b          => Cast
      (a)(b)             => Call
      (u8[4]){ 1 }       => CompoundLiteral
      (data[0] << 8)     => Unary
      sizeof(a)          => Unary
      sizeof(unknown)    => TypeOperation
      sizeof(u64[2])     => TypeOperation
      sizeof(p)->x       => Unary
      sizeof(int) * 2    => Binary
      sizeof(foo_t){ 0 } => Unary
      &&label            => Unary
      a ? : b            => Conditional
      a = b, b = a       => Comma
      ({ a; })           => StatementExpression
      p->x[1].y(a)++     => Unary
      """)
  void operandsAreToldFromTypes(String text, String kind) {
    Statement.ExpressionStatement statement =
        (Statement.ExpressionStatement) statement("call(" + text + ");");
    List<?> arguments =
        ((dev.pinion.analyzer.parse.syntax.Expression.Call) statement.expression()).arguments();
    if (kind.equals("Comma")) {
      assertEquals(2, arguments.size());
    } else {
      assertEquals(kind, arguments.get(0).getClass().getSimpleName());
    }
  }

  @Test
  void operatorsBindAsInC() {
    assertEquals(
        "ExpressionStatement(Assignment(Identifier(a), Conditional("
            + "Binary(LOGICAL_OR, Identifier(b), Binary(LOGICAL_AND, Identifier(c),"
            + " Binary(EQUAL, Identifier(d), Binary(ADD, Identifier(e),"
            + " Binary(MULTIPLY, Identifier(g), Identifier(h)))))), Identifier(i),"
            + " Identifier(j))))",
        Nodes.show(statement("a = b || c && d == e + g * h ? i : j;")));
  }

  @Test
  void declaratorsAndSpecifiers() {
    assertEquals(
        "[Simple(Specifier(STATIC, Primitive(unsigned long)), [Declarator(1, x, 1)"
            + " Declarator(Declarator(1, f), [Parameter(Specifier(Primitive(int)), Declarator)])])]",
        Nodes.show(declarations("static long const unsigned *x[3], (*f)(int);")));
    assertEquals(
        "[Simple(Specifier(Composite(STRUCT, s, [Simple(Specifier(Primitive(int)),"
            + " [Declarator(a) Declarator]) Simple(Specifier(Composite(UNION, [Simple("
            + "Specifier(Primitive(char)), [Declarator(b)])])), [])])), [])]",
        Nodes.show(declarations("struct s { int a : 3, : 2; union { char b; }; };")));
  }

  @Test
  void whatCannotBeReadCostsItself() {
    ParsedUnit unit =
        parse(
            "int a(void) { b(); c = = d; e(); }\nint f(int 3);\nint g(void) { h(); }\nint i = ;\n");
    List<Declaration> all = unit.arms().get(0).tree().declarations();
    FunctionDefinition a = (FunctionDefinition) all.get(0);
    assertEquals(
        List.of("ExpressionStatement", "Unreadable", "ExpressionStatement"),
        a.body().statements().stream().map(s -> s.getClass().getSimpleName()).toList());
    assertTrue(unit.functions().stream().anyMatch(f -> f.name().equals("g")), all.toString());
  }

  @Test
  void nestingHasALimitAndIsAProblem() {
    ParsedUnit unit = parse("int f(void) { a = " + "!".repeat(20_000) + "b; c(); }");
    FunctionDefinition f = (FunctionDefinition) unit.arms().get(0).tree().declarations().get(0);
    assertEquals(2, f.body().statements().size());
    assertEquals(1, unit.problems().size());
  }
}
