// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.mail.Mail;
import dev.pinion.analyzer.mail.MailedPatch;
import dev.pinion.analyzer.patch.FilePatch;
import dev.pinion.analyzer.patch.Hunk;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.cli.report.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Drafts a reply to a patch: its hunks quoted, and below the lines concerned what was found. For
 * people to read, shorten and send; there is nothing here that sends.
 */
public final class MailDrafts {
  /** Nobody reads more from a machine. */
  private static final int MOST_COMMENTS = 5;

  private static final int LINES_ABOVE = 12;
  private static final int WIDTH = 72;

  private final String version;
  private final Function<String, List<String>> after;

  /**
   * @param version of Pinion
   * @param after the lines of a file after the patch
   */
  public MailDrafts(String version, Function<String, List<String>> after) {
    this.version = version;
    this.after = after;
  }

  /**
   * The reply, as one message of a mailbox.
   *
   * @param findings what the patch brings
   * @return empty if there is nothing in it that is worth a mail
   */
  public String reply(MailedPatch patch, List<Item> findings) {
    List<Finding> worthy =
        findings.stream()
            .map(Item::finding)
            .filter(finding -> finding.tier().atLeast(Tier.WARNING))
            .toList();
    if (worthy.isEmpty()) {
      return "";
    }
    List<Finding> told = worthy.subList(0, Math.min(MOST_COMMENTS, worthy.size()));
    TreeMap<HunkSpot, List<Finding>> places = new TreeMap<>();
    for (Finding finding : told) {
      HunkSpot spot = HunkSpot.of(finding, patch.patch(), after);
      places.computeIfAbsent(spot, s -> new ArrayList<>()).add(finding);
    }
    StringBuilder text = new StringBuilder();
    header(patch.mail(), text);
    HunkSpot last = HunkSpot.NONE;
    for (HunkSpot spot : places.keySet()) {
      quote(patch, last, spot, text);
      places.get(spot).forEach(finding -> comment(finding, text));
      last = spot;
    }
    if (worthy.size() > told.size()) {
      text.append(
          "There are %d more, which `pinion check` prints.\n\n"
              .formatted(worthy.size() - told.size()));
    }
    return text.append("-- \npinion %s; a draft, not sent by it\n\n".formatted(version)).toString();
  }

  private static void header(Mail mail, StringBuilder text) {
    text.append("From pinion Thu Jan  1 00:00:00 1970\n");
    line("To", mail.header("From").orElse(""), text);
    line("Cc", String.join(", ", present(mail, "To", "Cc")), text);
    line("Subject", "Re: " + mail.header("Subject").orElse("a patch"), text);
    line("In-Reply-To", mail.header("Message-ID").orElse(""), text);
    line("References", String.join(" ", present(mail, "References", "Message-ID")), text);
    text.append("MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n");
    text.append("Content-Transfer-Encoding: 8bit\n\n");
    String who = mail.header("From").orElse("somebody");
    text.append(
        mail.header("Date")
            .map(date -> "On %s, %s wrote:\n".formatted(date, who))
            .orElse(who + " wrote:\n"));
  }

  private static List<String> present(Mail mail, String... names) {
    List<String> values = new ArrayList<>();
    for (String name : names) {
      mail.header(name).filter(value -> !value.isEmpty()).ifPresent(values::add);
    }
    return values;
  }

  private static void line(String name, String value, StringBuilder text) {
    if (!value.isEmpty()) {
      text.append(name).append(": ").append(value).append('\n');
    }
  }

  /** Quotes from the last comment's line, or from a little above this one, to this one. */
  private static void quote(MailedPatch patch, HunkSpot last, HunkSpot spot, StringBuilder text) {
    if (spot.equals(HunkSpot.NONE)) {
      return;
    }
    FilePatch file = patch.patch().files().get(spot.file());
    Hunk hunk = file.hunks().get(spot.hunk());
    boolean sameHunk = last.file() == spot.file() && last.hunk() == spot.hunk();
    int from = sameHunk ? last.line() + 1 : 0;
    if (last.file() != spot.file()) {
      text.append("> --- ").append(file.oldName().orElse("/dev/null")).append('\n');
      text.append("> +++ ").append(file.newName().orElse("/dev/null")).append('\n');
    }
    if (!sameHunk) {
      text.append("> @@ -%d +%d @@\n".formatted(hunk.oldStart(), hunk.newStart()));
    }
    if (spot.line() - from > LINES_ABOVE) {
      from = spot.line() - LINES_ABOVE;
      text.append("> [...]\n");
    }
    for (Hunk.Line line : hunk.lines().subList(from, spot.line() + 1)) {
      text.append("> ")
          .append(line.sign().mark())
          .append(utf8(line.text()).stripTrailing())
          .append('\n');
    }
    text.append('\n');
  }

  private static void comment(Finding finding, StringBuilder text) {
    Location at = finding.location();
    wrap(
        "%s:%d: %s [%s]".formatted(at.file(), at.line(), finding.message(), finding.rule()),
        "",
        text);
    for (Related step : finding.related()) {
      wrap(
          "%s:%d: %s".formatted(step.location().file(), step.location().line(), step.message()),
          "  ",
          text);
    }
    text.append('\n');
  }

  private static void wrap(String words, String indent, StringBuilder text) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : words.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(indent).append(indent);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
