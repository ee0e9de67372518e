// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.swt.program.Program;

/** Opens the page of a finding's rule on the web. */
final class RulePageResolution extends Resolution {
  private final String address;

  /**
   * @param diagnostic one with a description
   */
  RulePageResolution(Session session, Diagnostic diagnostic) {
    super(
        session,
        "Open the rule's page",
        diagnostic.getCodeDescription().getHref(),
        Rank.RULE_PAGE,
        0);
    this.address = diagnostic.getCodeDescription().getHref();
  }

  @Override
  void apply() {
    Program.launch(address);
  }
}
