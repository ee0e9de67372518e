// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExportsTest {
  private static String exports(String symbol, String... pathsAndTexts) {
    return Exports.of(Linked.of(pathsAndTexts)).of(symbol).stream()
        .map(
            e ->
                e.license()
                    + (e.namespace().isEmpty() ? "" : " " + e.namespace())
                    + " by "
                    + e.macro()
                    + " at "
                    + e.location().file()
                    + ":"
                    + e.location().line())
        .collect(Collectors.joining("; "));
  }

  @Test
  void theLicenceAndTheNamespaceAreTheMacros() {
    assertEquals("ANY by EXPORT_SYMBOL at a.c:1", exports("f", "a.c", "EXPORT_SYMBOL(f);\n"));
    assertEquals(
        "GPL by EXPORT_SYMBOL_GPL at a.c:1", exports("f", "a.c", "EXPORT_SYMBOL_GPL(f);\n"));
    assertEquals(
        "GPL NET by EXPORT_SYMBOL_NS_GPL at a.c:1",
        exports("f", "a.c", "EXPORT_SYMBOL_NS_GPL(f, \"NET\");\n"));
    assertEquals(
        "GPL by EXPORT_SYMBOL_FOR_MODULES at a.c:1",
        exports("f", "a.c", "EXPORT_SYMBOL_FOR_MODULES(f, \"kvm\");\n"));
    assertEquals("", exports("g", "a.c", "EXPORT_SYMBOL(f);\n"));
  }

  @Test
  void otherMacrosAreFollowedThroughTheirDefinitions() {
    assertEquals(
        "GPL WIFI by WIFI_EXPORT at drivers/a.c:1",
        exports(
            "f",
            "drivers/wifi.h",
            "#define WIFI_EXPORT(sym) EXPORT_SYMBOL_NS_GPL(sym, WIFI)\n",
            "drivers/a.c",
            "WIFI_EXPORT(f);\n"));
    assertEquals(
        "GPL by EXPORT_OPS at a.c:1",
        exports(
            "f_ops",
            "include/ops.h",
            "#define _OPS(name, license, ns) extern int name; __EXPORT_SYMBOL(name, license, ns)\n"
                + "#define EXPORT_OPS(name) _OPS(name##_ops, \"GPL\", \"\")\n",
            "a.c",
            "EXPORT_OPS(f);\n"));
  }

  @Test
  void aDefinitionThatExportsNothingGivesWayToOneThatDoes() {
    assertEquals(
        "ANY by EXPORT_MAYBE at a.c:1",
        exports(
            "f",
            "include/x.h",
            "#ifdef CONFIG_X\n#define EXPORT_MAYBE(s)\n#else\n"
                + "#define EXPORT_MAYBE(s) EXPORT_SYMBOL(s)\n#endif\n",
            "a.c",
            "EXPORT_MAYBE(f);\n",
            "b.c",
            "EXPORT_SYMBOL(g);\n"));
  }

  @Test
  void aNamespaceIsImportedByTheFolder() {
    Program program =
        Linked.of("m/a.c", "MODULE_IMPORT_NS(NET);\n", "m/b.c", "int b;\n", "n/c.c", "int c;\n");
    assertTrue(Exports.of(program).imports("m/b.c", "NET"));
    assertFalse(Exports.of(program).imports("n/c.c", "NET"));
    assertFalse(Exports.of(program).imports("m/b.c", "USB"));
  }
}
