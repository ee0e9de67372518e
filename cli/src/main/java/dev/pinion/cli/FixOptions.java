// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.rule.RuleSet;
import picocli.CommandLine.Option;

/** Options that ask for the fixes of what is shown; each fix is checked, which a scan is not. */
final class FixOptions {
  @Option(
      names = "--fix-preview",
      description = {
        "Instead of the findings print a diff with their fixes, for git apply; nothing is written.",
        "Each fix was checked: with it the finding is gone, and there is no other. What was "
            + "withdrawn, or needs more than an edit, is told on standard error."
      })
  private boolean preview;

  @Option(
      names = "--fixes",
      description = "Add the checked fixes to the findings; with --format json or sarif.")
  private boolean fixes;

  boolean preview() {
    return preview;
  }

  /** Whether fixes are asked for at all. */
  boolean asked() {
    return preview || fixes;
  }

  /**
   * Checks that the output has a place for them.
   *
   * @throws BadInput if it has none
   */
  void require(FormatName format) throws BadInput {
    if (preview && fixes) {
      throw new BadInput("--fix-preview and --fixes: ask for a diff or for a report, not for both");
    }
    if (preview && format != FormatName.TEXT) {
      throw new BadInput(
          "--fix-preview prints a diff and no report; leave --format %s out, or use --fixes"
              .formatted(format));
    }
    if (fixes && format != FormatName.JSON && format != FormatName.SARIF) {
      throw new BadInput(
          "--fixes: the %s format has no place for them; use --format json or sarif, or"
                  .formatted(format)
              + " --fix-preview for a diff");
    }
  }

  /** The rules that an engine needs: a fix is asked of all there are, whichever are shown. */
  RuleSet needed(RuleSet wanted) {
    return asked() ? RuleSet.load() : wanted;
  }

  /** How many trees there will be: one, or one for each fix besides. */
  Engine.Trees trees() {
    return asked() ? Engine.Trees.MANY : Engine.Trees.ONE;
  }
}
