// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildReader;
import dev.pinion.analyzer.link.ModuleMap.Kind;
import dev.pinion.analyzer.model.KernelModel;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModuleMapTest {
  private static ModuleMap map(String... pathsAndTexts) {
    SortedMap<String, KbuildFacts> builds = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      String text = pathsAndTexts[i + 1];
      builds.put(
          pathsAndTexts[i],
          pathsAndTexts[i].contains("Kconfig")
              ? KbuildReader.kconfig(text)
              : KbuildReader.makefile(text));
    }
    Program program =
        Program.link(
            TreeFacts.of(new TreeMap<>()),
            () -> builds,
            KernelModel.load(),
            (file, index) -> {
              throw new IllegalArgumentException(file);
            });
    return ModuleMap.of(program);
  }

  @Test
  void compositeObjectsOverIncludedMakefilesAndArchitectures() {
    ModuleMap map =
        map(
            "arch/x86/kvm/Makefile",
            """
            include $(srctree)/virt/kvm/Makefile.kvm
            kvm-y += x86.o mmu/mmu.o
            kvm-intel-y += vmx/vmx.o
            obj-$(CONFIG_KVM_X86) += kvm.o
            obj-$(CONFIG_KVM_INTEL) += kvm-intel.o
            """,
            "arch/x86/kvm/Kconfig",
            "config KVM_X86\n\tdef_tristate KVM\nconfig KVM_INTEL\n\ttristate\n",
            "arch/arm64/kvm/Makefile",
            "include $(srctree)/virt/kvm/Makefile.kvm\nkvm-y += arm.o\n"
                + "obj-$(CONFIG_KVM) += kvm.o\n",
            "arch/arm64/kvm/Kconfig",
            "config KVM\n\tbool\n",
            "virt/kvm/Makefile.kvm",
            "KVM ?= ../../../virt/kvm\nkvm-y := $(KVM)/kvm_main.o\n"
                + "kvm-$(CONFIG_KVM_VFIO) += $(KVM)/vfio.o\n");
    assertEquals(Optional.of("kvm"), map.moduleOf("virt/kvm/vfio.c"));
    assertEquals(Kind.LOADABLE, map.kindOf("virt/kvm/vfio.c"));
    assertEquals(Kind.BUILT_IN, map.kindOf("arch/arm64/kvm/arm.c"));
    assertEquals(Optional.of("kvm-intel"), map.moduleOf("arch/x86/kvm/vmx/vmx.c"));
    assertTrue(map.sameModule("virt/kvm/kvm_main.c", "arch/x86/kvm/mmu/mmu.c"));
    assertTrue(map.sameModule("virt/kvm/kvm_main.c", "arch/arm64/kvm/arm.c"));
    assertFalse(map.sameModule("arch/x86/kvm/x86.c", "arch/arm64/kvm/arm.c"));
    assertFalse(map.sameModule("arch/x86/kvm/x86.c", "arch/x86/kvm/vmx/vmx.c"));
  }

  @Test
  void kindsFollowTheSymbol() {
    ModuleMap map =
        map(
            "m/Makefile",
            """
            obj-y += always.o
            obj-m += never.o
            obj-$(CONFIG_TRI) += tri.o
            obj-$(CONFIG_BOOL) += bool.o
            obj-$(CONFIG_NOWHERE) += nowhere.o
            obj-$(subst m,y,$(CONFIG_TRI)) += core.o
            lib-$(CONFIG_TRI) += lib.o
            obj-$(CONFIG_BOOL)$(CONFIG_TRI) += either.o
            """,
            "m/Kconfig",
            "config TRI\n\ttristate\nconfig BOOL\n\tbool\n");
    assertEquals(Kind.BUILT_IN, map.kindOf("m/always.c"));
    assertEquals(Kind.LOADABLE, map.kindOf("m/never.c"));
    assertEquals(Kind.LOADABLE, map.kindOf("m/tri.c"));
    assertEquals(Kind.BUILT_IN, map.kindOf("m/bool.c"));
    assertEquals(Kind.UNKNOWN, map.kindOf("m/nowhere.c"));
    assertEquals(Kind.BUILT_IN, map.kindOf("m/core.c"));
    assertEquals(Kind.BUILT_IN, map.kindOf("m/lib.c"));
    assertEquals(Kind.LOADABLE, map.kindOf("m/either.c"));
    assertEquals(Kind.UNKNOWN, map.kindOf("m/unmentioned.c"));
  }

  @Test
  void variablesAndFunctionsOfMakeAreExpanded() {
    ModuleMap map =
        map(
            "gpu/amd/Makefile",
            """
            FULL = $(src)/..
            include $(FULL)/display/Makefile
            xfs-y += $(addprefix libxfs/, a.o b.o)
            amd-y += drv.o $(DISPLAY_FILES) $(sub-y)
            obj-m += amd.o xfs.o
            """,
            "gpu/display/Makefile",
            "FILES = dc.o dm.o\nDISPLAY_FILES := $(addprefix ../display/, $(FILES))\n"
                + "sub-$(CONFIG_S) += ../sub/s.o\n");
    assertEquals(Optional.of("amd"), map.moduleOf("gpu/display/dc.c"));
    assertEquals(Optional.of("amd"), map.moduleOf("gpu/sub/s.c"));
    assertEquals(Optional.of("xfs"), map.moduleOf("gpu/amd/libxfs/b.c"));
  }

  @Test
  void patternsInReferencesAreSubstituted() {
    ModuleMap map =
        map(
            "ipa/Makefile",
            "VERSIONS := 3.1 4.2\nSOURCES := a.c b.c\n"
                + "ipa-y += main.o $(VERSIONS:%=data/ipa_data-v%.o) $(SOURCES:.c=.o)\n"
                + "obj-m += ipa.o\n");
    assertEquals(Optional.of("ipa"), map.moduleOf("ipa/data/ipa_data-v4.2.c"));
    assertEquals(Optional.of("ipa"), map.moduleOf("ipa/b.c"));
  }

  @Test
  void aKbuildFileComesBeforeAMakefile() {
    ModuleMap map = map("a/Kbuild", "obj-m += k.o\n", "a/Makefile", "obj-m += m.o\n");
    assertEquals(Optional.of("k"), map.moduleOf("a/k.c"));
    assertEquals(Optional.empty(), map.moduleOf("a/m.c"));
  }

  @Test
  void loopsInMakefilesEnd() {
    ModuleMap map =
        map(
            "a/Makefile",
            "include a.mk\nX = $(Y)\nY = $(X)\nobj-m += $(X) b.o\n",
            "a/a.mk",
            "include Makefile\ninclude a.mk\n");
    assertEquals(Optional.of("b"), map.moduleOf("a/b.c"));
  }

  @Test
  void headersBelongToNoModule() {
    assertEquals(Optional.empty(), map("a/Makefile", "obj-m += b.o\n").moduleOf("a/b.h"));
  }
}
