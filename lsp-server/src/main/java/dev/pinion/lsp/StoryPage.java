// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.TextEdit;
import java.util.List;

/** A finding's story with its source lines, and behind it what its rule is about. */
final class StoryPage {
  private static final int CONTEXT = 2;

  private final Analyzer analyzer;
  private final TreeText text;
  private final Links links;

  StoryPage(Analyzer analyzer, TreeText text) {
    this.analyzer = analyzer;
    this.text = text;
    this.links = new Links(text);
  }

  MarkdownPage of(Reported reported) {
    Finding finding = reported.finding();
    StringBuilder page = new StringBuilder();
    page.append("# ").append(Links.plain(finding.message())).append("\n\n");
    page.append(finding.tier().label()).append(" of ").append(Links.code(finding.rule()));
    if (!finding.function().isEmpty()) {
      page.append(" in ").append(Links.code(finding.function() + "()"));
    }
    page.append(", finding ").append(Links.code(reported.id())).append("\n\n");
    page.append("**").append(links.to(finding.location())).append("**\n\n");
    excerpt(finding.location(), page);
    int step = 0;
    for (Related related : finding.related()) {
      step++;
      page.append("**").append(step).append(". ").append(links.to(related.location()));
      page.append("** ").append(Links.plain(related.message())).append("\n\n");
      excerpt(related.location(), page);
    }
    finding.fixes().forEach(fix -> fix(fix, page));
    List<String> excuses =
        analyzer.rules().stream()
            .filter(rule -> rule.id().equals(finding.rule()))
            .map(RuleInfo::excuses)
            .flatMap(List::stream)
            .toList();
    if (!excuses.isEmpty()) {
      page.append("No excuse of the rule was proved: ").append(String.join(", ", excuses));
      page.append(".\n\n");
    }
    analyzer
        .page(finding.rule())
        .ifPresent(rule -> page.append("---\n\n").append(rule.markdown().strip()).append('\n'));
    return new MarkdownPage(finding.rule() + " " + reported.id(), page.toString());
  }

  /** Nobody has checked it yet, and it says so. */
  private static void fix(Fix fix, StringBuilder page) {
    page.append("**Fix proposed:** ").append(Links.plain(fix.title())).append(". ");
    for (TextEdit edit : fix.edits()) {
      page.append(Links.code(edit.before())).append(" → ");
      page.append(Links.code(edit.after())).append(" at ").append(edit.at().line()).append(". ");
    }
    page.append(
        fix.isComplete()
            ? "The quick fix of the finding checks it.\n\n"
            : "Not by an edit alone: " + Links.plain(fix.needs()) + ".\n\n");
  }

  private void excerpt(Location place, StringBuilder page) {
    page.append("```c\n");
    for (int line = Math.max(1, place.line() - CONTEXT); line <= place.line() + CONTEXT; line++) {
      if (text.has(place.file(), line)) {
        String mark = line == place.line() ? ">" : " ";
        String row = "%s %5d | %s".formatted(mark, line, text.line(place.file(), line));
        page.append(row.stripTrailing()).append('\n');
      }
    }
    page.append("```\n\n");
  }
}
