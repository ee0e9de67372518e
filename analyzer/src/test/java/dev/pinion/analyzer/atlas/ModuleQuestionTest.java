// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.atlas.ModuleAnswer.Importer;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Linked;
import dev.pinion.analyzer.link.ModuleMap.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleQuestionTest {
  private final Atlas atlas =
      Atlas.of(
          Linked.of(
              "virt/Makefile",
              "obj-$(CONFIG_GUEST) += guest.o\nguest-y := main.o\nguest-$(CONFIG_VF) += vf.o\n"
                  + "obj-y += core.o\n",
              "virt/Kconfig",
              "config GUEST\n\ttristate\nconfig VF\n\tbool\n",
              "virt/main.c",
              """
              void guest_put(struct guest *guest) { }
              EXPORT_SYMBOL_GPL(guest_put);
              void guest_hidden(struct guest *guest) { }
              EXPORT_SYMBOL_NS(guest_hidden, GUEST_NS);
              """,
              "virt/vf.c",
              "void vf(struct guest *guest) { guest_put(guest); }\n",
              "virt/core.c",
              "void core(struct guest *guest) { guest_put(guest); }\n",
              "drivers/Makefile",
              "obj-m += user.o\n",
              "drivers/user.c",
              """
              static void take(struct guest *guest)
              {
                void (*put)(struct guest *guest) = symbol_get(guest_put);
                keep(guest_put);
              }
              """,
              "odd.c",
              "EXPORT_SYMBOL_OF_OURS(odd);\n"));

  @Test
  void aFileOfACompositeModule() {
    ModuleAnswer vf = Asked.one(atlas.moduleOfFile("virt/vf.c"));
    assertEquals("guest", vf.modules().get(0).name());
    assertEquals(Kind.LOADABLE, vf.modules().get(0).kind());
    assertEquals("virt/Makefile", vf.modules().get(0).makefile());
    assertEquals(1, vf.modules().get(0).line());
    assertEquals(
        Kind.BUILT_IN, Asked.one(atlas.moduleOfFile("virt/core.c")).modules().get(0).kind());
  }

  @Test
  void theExportsOfAFile() {
    List<Export> exports =
        Asked.one(atlas.moduleOfFile("virt/main.c")).exports().stream()
            .map(ModuleAnswer.Exported::export)
            .toList();
    assertEquals(
        List.of("guest_hidden ANY GUEST_NS", "guest_put GPL "),
        exports.stream().map(e -> e.symbol() + " " + e.license() + " " + e.namespace()).toList());
  }

  @Test
  void whoUsesASymbolFromOtherModules() {
    ModuleAnswer put = Asked.one(atlas.moduleOfSymbol("guest_put"));
    assertEquals("guest", put.modules().get(0).name());
    List<Importer> importers = put.exports().get(0).importers();
    assertEquals(
        List.of(
            "drivers/user.c:3 take LOOKUP [user]",
            "drivers/user.c:4 take REFERENCE [user]",
            "virt/core.c:1 core CALL [core]"),
        importers.stream()
            .map(i -> Asked.text(i.place()) + " " + i.use() + " " + i.modules())
            .toList());
  }

  @Test
  void unknownSymbolsComeWithNearOnes() {
    assertEquals(
        new Answer.Unknown<>("no function or exported symbol 'guest_pt'", List.of("guest_put")),
        atlas.moduleOfSymbol("guest_pt"));
  }
}
