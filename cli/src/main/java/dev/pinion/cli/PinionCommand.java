// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import picocli.CommandLine.Command;

/** {@code pinion} itself: only says which commands there are. */
@Command(
    name = "pinion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Finds lifetime, RCU and module-pin defects in Linux kernel C.",
    footer = {
      "",
      "Exit status:",
      "  0  nothing at or above --fail-on",
      "  1  findings",
      "  2  unusable arguments or input",
      "  3  the analysis failed or was cut short",
      "",
      "Start with: pinion scan ~/linux"
    })
final class PinionCommand {}
