// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pinion.analyzer.facts.KbuildFacts.Symbol;
import dev.pinion.analyzer.facts.KbuildFacts.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KbuildReaderTest {
  private static String assignments(String makefile) {
    return KbuildReader.makefile(makefile).assignments().stream()
        .map(a -> a.line() + ": " + a.variable() + " " + a.words())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void allOperatorsAndContinuedLines() {
    assertEquals(
        """
        1: obj-$(CONFIG_KVM) [kvm.o, hyp/]
        3: kvm-y [a.o, b.o]
        4: KVM [../../../virt/kvm]
        5: kvm-objs [c.o]""",
        assignments(
            """
            obj-$(CONFIG_KVM) += kvm.o \\
            	hyp/   # folders too
            kvm-y := a.o b.o
            KVM ?= ../../../virt/kvm
            kvm-objs = c.o
            """));
  }

  @Test
  void bothArmsOfConditionalsAreTaken() {
    assertEquals(
        "2: obj-y [a.o]\n4: obj-y [b.o]",
        assignments("ifdef CONFIG_X\nobj-y += a.o\nelse\nobj-y += b.o\nendif\n"));
  }

  @Test
  void recipesFlagsAndDefinitionsAreNoObjects() {
    assertEquals(
        "7: obj-y [a.o]",
        assignments(
            """
            ccflags-y += -I$(src)/x
            $(obj)/gen.h: gen.o FORCE
            	X=$(call filechk) run.o
            define filechk
            obj-y += no.o
            endef
            obj-y += a.o
            targets += gen.h
            $(obj)/a.o: AFLAGS = b.o
            """));
  }

  @Test
  void referencesStayWholeAndBracesAreParentheses() {
    assertEquals(
        "1: x-y [$(addprefix lib/, a.o b.o), c.o]\n2: obj-$(CONFIG_X) [x.o]\n"
            + "3: obj-$(subst m,y,$(CONFIG_Y)) [y/]",
        assignments(
            "x-y += $(addprefix lib/, a.o b.o) c.o\nobj-${CONFIG_X} := x.o\n"
                + "obj-$(subst m,y,$(CONFIG_Y)) += y/\n"));
  }

  @Test
  void includesAreWords() {
    assertEquals(
        List.of("$(srctree)/virt/kvm/Makefile.kvm", "b.mk"),
        KbuildReader.makefile("include $(srctree)/virt/kvm/Makefile.kvm\n-include b.mk\n")
            .includes());
  }

  @Test
  void symbolsWithTheirTypes() {
    assertEquals(
        List.of(
            new Symbol("KVM", Type.TRISTATE, 1),
            new Symbol("KVM_X86", Type.TRISTATE, 6),
            new Symbol("VIRT", Type.BOOL, 8),
            new Symbol("LOG", Type.OTHER, 12)),
        KbuildReader.kconfig(
                """
                config KVM
                	tristate "Kernel-based Virtual Machine"
                	help
                	  bool is not the type of this:
                	  bool "x"
                config KVM_X86
                	def_tristate KVM if (KVM_INTEL != n)
                menuconfig VIRT
                	bool "Virtualization"
                config PLAIN
                	depends on VIRT
                config LOG
                	int "size"
                """)
            .symbols());
  }

  @Test
  void whatIsWrittenIsRead() {
    for (KbuildFacts facts :
        List.of(
            KbuildReader.makefile("include a\nobj-y += a.o b/\n"),
            KbuildReader.kconfig("config A\n\tbool\n"),
            KbuildFacts.NOTHING)) {
      byte[] bytes = KbuildCodec.encode(facts);
      assertEquals(facts, KbuildCodec.decode(bytes, Sharing.none()));
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThrows(RuntimeException.class, () -> KbuildCodec.decode(longer, Sharing.none()));
    }
  }

  @Test
  void oddBytesAreNoReasonToFail() {
    for (String text :
        List.of("", "\\", "=", ":=", "$(", "obj-y += $(((", "config", "define x\n")) {
      assertEquals(KbuildFacts.NOTHING.symbols(), KbuildReader.makefile(text).symbols());
      assertEquals(List.of(), KbuildReader.kconfig(text).assignments());
    }
  }
}
