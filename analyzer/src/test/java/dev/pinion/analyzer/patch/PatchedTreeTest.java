// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatchedTreeTest {
  private static final String FILE = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";

  private static final String CHANGE =
      """
      diff --git a/net/a.c b/net/a.c
      index 1111111..2222222 100644
      --- a/net/a.c
      +++ b/net/a.c
      @@ -2,5 +2,6 @@ context
       two
       three
      -four
      +FOUR
      +more
       five
       six
      """;

  private static SourceTree tree(String text) {
    return Trees.of(Map.of("net/a.c", text, "net/b.c", "b\n"));
  }

  private static PatchedTree patched(SourceTree base, String text) throws SourceException {
    return PatchedTree.of(base, Optional.empty())
        .with(Patch.parse("1/2", "title", "a.patch", text));
  }

  private static String apply(String base, String patch) throws SourceException {
    return Trees.text(patched(tree(base), patch).tree(), "net/a.c");
  }

  private static void fails(String base, String patch, String... words) {
    String message =
        String.valueOf(
            assertThrows(SourceException.class, () -> patched(tree(base), patch)).getMessage());
    assertEquals(1, message.lines().count(), message);
    for (String word : words) {
      assertTrue(message.contains(word), "'" + word + "' is missing in: " + message);
    }
  }

  @Test
  void appliesInPlaceAndAtAnOffset() throws Exception {
    String changed = "one\ntwo\nthree\nFOUR\nmore\nfive\nsix\nseven\n";
    assertEquals(changed, apply(FILE, CHANGE));
    assertEquals("x\ny\nz\n" + changed, apply("x\ny\nz\n" + FILE, CHANGE));
    assertEquals(changed.substring(4), apply(FILE.substring(4), CHANGE));
  }

  @Test
  void takesContextLinesWithoutTheirBlankAndNamesWithoutAPrefix() throws Exception {
    String patch = "--- net/a.c\n+++ net/a.c\n@@ -1,3 +1,3 @@\n-one\n+ONE\n\n two\n";
    assertEquals("ONE\n\ntwo\n", apply("one\n\ntwo\n", patch));
  }

  @Test
  void minimalHunksBelongToTheEndsOfTheFile() throws Exception {
    String atEnd = "--- a/net/a.c\n+++ b/net/a.c\n@@ -7,1 +7,2 @@\n seven\n+eight\n";
    assertEquals(FILE + "eight\n", apply(FILE, atEnd));
    fails(FILE + "x\n", atEnd, "net/a.c", "hunk 1", "does not apply", "--base");
    String atBeginning =
        "--- a/net/a.c\n+++ b/net/a.c\n@@ -1,3 +1,4 @@\n+zero\n one\n two\n three\n";
    assertEquals("zero\n" + FILE, apply(FILE, atBeginning));
    fails("x\n" + FILE, atBeginning, "hunk 1");
  }

  @Test
  void missingNewlinesAtTheEnd() throws Exception {
    String adds =
        "--- a/net/a.c\n+++ b/net/a.c\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n";
    assertEquals("x\n", apply("x", adds));
    String removes =
        "--- a/net/a.c\n+++ b/net/a.c\n@@ -1 +1 @@\n-x\n+y\n\\ No newline at end of file\n";
    assertEquals("y", apply("x\n", removes));
  }

  @Test
  void createsDeletesRenamesAndCopies() throws Exception {
    String patch =
        """
        diff --git a/net/new.c b/net/new.c
        new file mode 100644
        index 0000000..1234567
        --- /dev/null
        +++ b/net/new.c
        @@ -0,0 +1,2 @@
        +a
        +b
        diff --git a/net/b.c b/net/b.c
        deleted file mode 100644
        index 1234567..0000000
        --- a/net/b.c
        +++ /dev/null
        @@ -1 +0,0 @@
        -b
        diff --git a/net/a.c b/drivers/moved.c
        similarity index 90%
        rename from net/a.c
        rename to drivers/moved.c
        index 1234567..89abcde 100644
        --- a/net/a.c
        +++ b/drivers/moved.c
        @@ -1,2 +1,2 @@
        -one
        +ONE
         two
        diff --git a/net/a.c b/net/copy.c
        similarity index 100%
        copy from net/a.c
        copy to net/copy.c
        diff --git a/net/a.c b/net/a.c
        old mode 100644
        new mode 100755
        """
            .replace("diff --git a/net/a.c b/net/a.c\nold mode 100644\nnew mode 100755\n", "");
    // The hunk of the rename has no trailing context of a longer file, so the file is two lines.
    SourceTree after = patched(tree("one\ntwo\n"), patch).tree();
    assertEquals("a\nb\n", Trees.text(after, "net/new.c"));
    assertEquals("(none)", Trees.text(after, "net/b.c"));
    assertEquals("(none)", Trees.text(after, "net/a.c"));
    assertEquals("ONE\ntwo\n", Trees.text(after, "drivers/moved.c"));
    assertEquals("one\ntwo\n", Trees.text(after, "net/copy.c"));
  }

  @Test
  void aModeAloneChangesNothing() throws Exception {
    assertEquals(
        FILE, apply(FILE, "diff --git a/net/a.c b/net/a.c\nold mode 100644\nnew mode 100755\n"));
  }

  @Test
  void quotedNamesAndEmptyNewFiles() throws Exception {
    String patch =
        "diff --git \"a/net/\\303\\244 \\\"x\\\".c\" \"b/net/\\303\\244 \\\"x\\\".c\"\n"
            + "new file mode 100644\nindex 0000000..e69de29\n";
    SourceTree after = patched(tree(FILE), patch).tree();
    assertEquals("", Trees.text(after, "net/ä \"x\".c"));
  }

  @Test
  void leavesOutWhatNoTreeOfOursHas() throws Exception {
    String patch =
        """
        diff --git a/Documentation/x.rst b/Documentation/x.rst
        index 1234567..89abcde 100644
        --- a/Documentation/x.rst
        +++ b/Documentation/x.rst
        @@ -1 +1 @@
        -old
        +new
        diff --git a/net/logo.png b/net/logo.png
        new file mode 100644
        index 0000000000..1234567890
        GIT binary patch
        literal 4
        LcmZQzU|?imU|?imU|

        literal 0
        HcmV?d00001

        diff --git a/net/link.c b/net/link.c
        new file mode 120000
        index 0000000..1234567
        --- /dev/null
        +++ b/net/link.c
        @@ -0,0 +1 @@
        +a.c
        \\ No newline at end of file
        diff --git a/other.png b/other.png
        index 1234567..89abcde 100644
        Binary files a/other.png and b/other.png differ
        """;
    PatchedTree after = patched(tree(FILE), patch);
    assertEquals(
        List.of(
            "1/2: net/logo.png: not read, binary",
            "1/2: net/link.c: not read, a symbolic link or submodule",
            "1/2: other.png: not read, binary"),
        after.skipped());
    assertEquals("(none)", Trees.text(after.tree(), "net/link.c"));
  }

  @Test
  void aBinaryPatchOfSourceCannotBeRead() {
    fails(
        FILE,
        "diff --git a/net/a.c b/net/a.c\nindex 1..2 100644\nGIT binary patch\nliteral 0\nHcmV?d00001\n",
        "net/a.c",
        "binary patch",
        "--text");
  }

  @Test
  void sourceThatBecomesDocumentationGoes() throws Exception {
    SourceTree after =
        patched(
                tree(FILE),
                "diff --git a/net/b.c b/Documentation/b.txt\nsimilarity index 100%\nrename from net/b.c\nrename to Documentation/b.txt\n")
            .tree();
    assertEquals("(none)", Trees.text(after, "net/b.c"));
  }

  @Test
  void aFileWithCarriageReturnsAndAMailWithThem() throws Exception {
    assertEquals(
        "one\r\nTWO\r\n",
        apply(
            "one\r\ntwo\r\n",
            "--- a/net/a.c\n+++ b/net/a.c\n@@ -1,2 +1,2 @@\n one\r\n-two\r\n+TWO\r\n"));
    assertEquals(
        "one\ntwo\nthree\nFOUR\nmore\nfive\nsix\nseven\n",
        apply(FILE, CHANGE.replace("\n", "\r\n")));
  }

  @Test
  void saysWhyAPatchDoesNotApply() {
    fails("something\nelse\n", CHANGE, "1/2 (\"title\")", "net/a.c", "hunk 1", "line 2", "--base");
    fails(
        "one\ntwo\nthree\nFOUR\nmore\nfive\nsix\nseven\n",
        CHANGE,
        "net/a.c",
        "is applied already",
        "--base");
    fails(
        FILE.replace("two", "\ttwo"),
        CHANGE.replace(" two", "         two"),
        "net/a.c",
        "white space",
        "raw form");
    fails(FILE, CHANGE.replace("net/a.c", "net/none.c"), "no 'net/none.c'", "--base");
    fails(FILE, "--- /dev/null\n+++ b/net/a.c\n@@ -0,0 +1 @@\n+x\n", "net/a.c", "has it already");
    fails(
        FILE + "and more\n",
        "--- a/net/b.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-c\n",
        "net/b.c",
        "hunk 1");
  }

  @Test
  void saysWhatIsWrongWithAPatch() {
    int hunk = CHANGE.indexOf("@@");
    String head = CHANGE.substring(0, hunk);
    fails(FILE, head + "@@ -2,5 +2,6 @@\n two\n three\n", "a.patch: line 8", "hunk 1", "cut off");
    fails(FILE, head, "no hunk", "net/a.c");
    fails(FILE, head + "@@ damaged @@\n", "line 5", "header");
    fails(FILE, head + "@@ -2,5 +2,6 @@\ntwo\nthree\n", "white space is damaged", "raw");
    fails(FILE, head + "@@ -2,5 +2,6 @@\n\t\ttwo\n", "white space is damaged", "raw");
    fails(FILE, head + "@@ -2,5 +2,6 @@\n \ttwo\n\u00c2\u00a0three\n", "no-break spaces", "raw");
    fails(
        FILE,
        head + "@@ -2,5 +2,6 @@\n \t" + "long ".repeat(15) + "\nand wrapped\n",
        "long line was wrapped",
        "raw");
    fails(FILE, head + "@@ -2,5 +2,6 @@\n \ttwo\nthree\n", "'three'", "damaged");
    fails(FILE, head + "@@ -2,5 +2,6 @@\n \ttwo\n@@ -9 +9 @@\n", "fewer lines");
    fails(FILE, head + "@@ -2,1 +2,2 @@\n-two\n-three\n", "more lines");
    fails(FILE, "diff --cc net/a.c\n@@@ -1,1 -1,1 +1,1 @@@\n", "merge");
    fails(FILE, "--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n", "/dev/null");
    fails(FILE, CHANGE.replace("-2,5", "-999999999,5").replace(" three", " 3"), "does not apply");
    fails(FILE, "just words\n", "a.patch", "no patch");
  }

  @Test
  void latinBytesSurvive() throws Exception {
    String patch =
        new String(
            "--- a/net/a.c\n+++ b/net/a.c\n@@ -1 +1 @@\n-/* ä */\n+/* äö */\n"
                .getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1);
    assertEquals("/* äö */\n", apply("/* ä */\n", patch));
  }
}
