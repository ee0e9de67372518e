// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.gnu.c.GCCLanguage;
import org.eclipse.cdt.core.model.ILanguage;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.core.parser.IncludeFileContentProvider;
import org.eclipse.cdt.core.parser.ScannerInfo;
import org.eclipse.cdt.internal.core.dom.parser.ASTNode;
import org.eclipse.cdt.internal.core.index.EmptyCIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guesses must lead to the trees that CDT comes to by reading everything twice. */
class KernelParserTest {
  private static String tree(GCCLanguage language, String source) throws Exception {
    IASTTranslationUnit unit =
        language.getASTTranslationUnit(
            FileContent.create("file.c", source.toCharArray()),
            new ScannerInfo(Map.of()),
            IncludeFileContentProvider.getEmptyFilesProvider(),
            EmptyCIndex.INSTANCE,
            ILanguage.OPTION_NO_IMAGE_LOCATIONS,
            new SilentLog());
    StringBuilder out = new StringBuilder();
    show(unit, 0, out);
    return out.toString();
  }

  private static void show(IASTNode node, int depth, StringBuilder out) {
    ASTNode place = (ASTNode) node;
    out.append("  ".repeat(depth))
        .append(node.getClass().getSimpleName())
        .append(' ')
        .append(place.getOffset())
        .append('+')
        .append(place.getLength())
        .append('\n');
    for (IASTNode child : node.getChildren()) {
      show(child, depth + 1, out);
    }
  }

  private static String body(String statement) {
    return """
    typedef struct foo foo_t;
    typedef int (*cb_t)(foo_t *);
    extern int call(int), other(int);
    static int global;
    #define LOCAL(x) other(x)
    void f(foo_t *p, int a, int b)
    {
      before();
      %s
      after();
    }
    """
        .formatted(statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "call(a);",
        "call(a, b);",
        "call();",
        "call(&a);",
        "unknown(a);",
        "unknown(UNKNOWN);",
        "LOCAL(a);",
        "p->x = a;",
        "p->x(a)->y++;",
        "a = b;",
        "a += b, b -= a;",
        "a++;",
        "a.b[3] = (foo_t) { 1 };",
        "a = ({ int c = b; c; });",
        "NAME(a) = b;",
        "a * b;",
        "a * b = 0;",
        "foo_t * q;",
        "foo_t *q = p;",
        "foo_t q;",
        "u8 q[4] = { 1, 2 };",
        "cb_t (*fn)(foo_t);",
        "unknown_t (*fn)(foo_t);",
        "unknown (*a);",
        "struct foo { int x; } y;",
        "struct foo *q = p, *r;",
        "const char *s = \"x\";",
        "static const unsigned long long x = 1;",
        "int (*fn)(int) = call;",
        "int c, d = a ? b : 0;",
        "unsigned c = sizeof(int), d;",
        "void *v = (void *)p->x;",
        "enum { A, B } e = A;",
        "typeof(a) c = b;",
        "__auto_type c = b;",
        "(void)call(a);",
        "*p = a;",
        "(*p)->x(a);",
        "a ? call(a) : call(b);",
        "a == b && call(a);",
        "a[1] = b;",
        "\"text\";",
        "a;",
        "label: call(a);",
        "goto label; label: a = 1;",
        "if (a) b = 1; else foo_t_call(b);",
        "for (int i = 0; i < a; i++) call(i);",
        "for (a = 0; a < b; a++) { foo_t *q = p; }",
        "do a--; while (a);",
        "switch (a) { case 1: call(b); break; default: a = 1; }",
        "asm volatile (\"nop\" : : : \"memory\");",
        // What cannot be read must come out as it does without guesses.
        "struct foo x y;",
        "int = 3;",
        "foo bar baz;",
        "a = ;",
        "call(a",
        "call(a) b;",
        "p->;",
        "a = b c;",
      })
  void aGuessedStatementIsReadAsCdtWould(String statement) throws Exception {
    String source = body(statement);
    assertEquals(tree(GCCLanguage.getDefault(), source), tree(KernelLanguage.instance(), source));
  }

  @Test
  void aCallOfACallIsACall() throws Exception {
    String source = body("BUG_ON(unknown(a, b));");
    assertTrue(tree(KernelLanguage.instance(), source).contains("CASTFunctionCallExpression"));
  }
}
