// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.util.List;

/**
 * What a rule is, apart from how it works.
 *
 * @param id kebab-case, states the defect, never changes; the page is {@code <id>.md} beside the
 *     rule's class
 * @param family rules that belong together; their package is called so
 * @param tier the highest tier its findings may have
 * @param title one line, lower case, no final period
 * @param excuses ids of the excuses it knows
 */
public record RuleInfo(String id, String family, Tier tier, String title, List<String> excuses) {
  public RuleInfo {
    excuses = List.copyOf(excuses);
  }

  /** A rule whose id begins with its family, up to the first dash. */
  public RuleInfo(String id, Tier tier, String title, List<String> excuses) {
    this(id, id.substring(0, id.indexOf('-')), tier, title, excuses);
  }
}
