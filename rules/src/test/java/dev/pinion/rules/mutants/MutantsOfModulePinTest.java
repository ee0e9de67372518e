// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators that take away what keeps a module loaded. */
class MutantsOfModulePinTest {
  private static final String MAKEFILE =
      """
      obj-$(CONFIG_SIGNALS) += core.o
      obj-$(CONFIG_LAMPS) += lamps.o
      obj-$(CONFIG_FLAG) += flag.o
      """;

  private static final String KCONFIG =
      """
      config SIGNALS
      	tristate "SIGNALS"

      config LAMPS
      	tristate "LAMPS"

      config FLAG
      	tristate "FLAG"
      """;

  private static final String SIGNAL =
      """
      struct signal;

      struct signal_ops {
      	struct module *owner;
      	int (*start)(struct signal *signal);
      	void (*stop)(struct signal *signal);
      };

      struct signal {
      	const struct signal_ops *ops;
      };
      """;

  private static final String CORE =
      """
      #include "signal.h"

      static struct signal signal;

      void signal_register(const struct signal_ops *ops)
      {
      	signal.ops = ops;
      }

      int signal_get(struct signal *signal)
      {
      	if (!try_module_get(signal->ops->owner))
      		return -ENODEV;
      	return signal->ops->start(signal);
      }
      """;

  private static final String LAMPS =
      """
      #include "signal.h"

      static int lamp_start(struct signal *signal)
      {
      	return 0;
      }

      static const struct signal_ops red_ops = { .owner = THIS_MODULE, .start = lamp_start };
      static const struct signal_ops amber_ops = { .owner = THIS_MODULE, .start = lamp_start };
      static const struct signal_ops green_ops = { .owner = THIS_MODULE, .start = lamp_start };
      """;

  private static final String FLAG =
      """
      #include "signal.h"

      static int flag_start(struct signal *signal)
      {
      	return 0;
      }

      static const struct signal_ops flag_ops = {
      	.owner = THIS_MODULE,
      	.start = flag_start,
      };

      static int flag_init(void)
      {
      	signal_register(&flag_ops);
      	return 0;
      }

      static void flag_exit(void)
      {
      }

      module_init(flag_init);
      module_exit(flag_exit);
      """;

  @TempDir Path tree = Path.of("");

  private Miniature miniature() throws Exception {
    return Miniature.in(
        tree,
        Map.of(
            "Makefile", MAKEFILE,
            "Kconfig", KCONFIG,
            "signal.h", SIGNAL,
            "core.c", CORE,
            "lamps.c", LAMPS,
            "flag.c", FLAG));
  }

  /** Who has no exit stays, whatever his tables say. */
  @Test
  void judgesEveryMutant() throws Exception {
    assertEquals(
        """
        drop-module-get signal_get KILLED pin-missing-module (warning) elsewhere, charged to the change
        drop-owner flag_start KILLED pin-owner-missing (warning)
        """,
        miniature().judged("pin"));
  }

  @Test
  void everyMutantParses() throws Exception {
    miniature().checkThatAllParse();
  }
}
