// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import dev.pinion.analyzer.mail.Mail.Look;
import dev.pinion.analyzer.mail.SubjectLine.Numbering;
import dev.pinion.analyzer.mail.SubjectLine.Role;
import dev.pinion.analyzer.patch.Patch;
import dev.pinion.analyzer.patch.PatchParser;
import dev.pinion.analyzer.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The patches of one series, in order.
 *
 * @param patches at least one
 * @param base the commit of the {@code base-commit:} line, if there is one
 */
public record MailSeries(List<MailedPatch> patches, Optional<String> base) {
  private static final Pattern BASE = Pattern.compile("(?m)^base-commit: ([0-9a-f]{7,64})\\s*$");

  /** Copies the list. */
  public MailSeries {
    patches = List.copyOf(patches);
  }

  /** How many of a series must be there. */
  public enum Extent {
    /** All of them: a mailbox. */
    WHOLE,
    /** What is given: single mails. */
    AS_GIVEN
  }

  /** A mail with a patch. */
  private record Candidate(Mail mail, SubjectLine subject, String text) {}

  /**
   * Picks the patches among mails: replies and cover letters are left out, numbers give the order,
   * and of several versions the newest is taken.
   *
   * @param name what the mails came from, for messages
   * @throws SourceException if there is none, one is missing or damaged, or there are several
   *     series
   */
  public static MailSeries of(String name, List<Mail> mails, Extent extent) throws SourceException {
    List<Candidate> candidates = candidates(name, mails);
    int version = candidates.stream().mapToInt(c -> c.subject().version()).max().orElse(1);
    if (extent == Extent.WHOLE) {
      refuseEmptyVersion(name, mails, version);
    }
    List<Candidate> newest =
        candidates.stream().filter(c -> c.subject().version() == version).toList();
    List<Candidate> ordered = ordered(name, newest, extent, mails);
    List<MailedPatch> patches = new ArrayList<>();
    for (Candidate candidate : ordered) {
      patches.add(patch(candidate));
    }
    boolean alone = ordered.stream().allMatch(c -> c.subject().numbered() == Numbering.ALONE);
    return new MailSeries(alone ? counted(patches) : patches, base(mails, version));
  }

  /** A cover letter of a newer version says that what is there is not what is meant. */
  private static void refuseEmptyVersion(String name, List<Mail> mails, int version)
      throws SourceException {
    for (Mail mail : mails) {
      SubjectLine subject = mail.subject();
      if (subject.role() == Role.FIRST_HAND
          && subject.numbered() == Numbering.COUNTED
          && subject.version() > version) {
        throw new SourceException(
            "%s: of v%d there is only %s, without a patch; fetch its thread, or leave that mail out"
                .formatted(name, subject.version(), subject.name()));
      }
    }
  }

  /**
   * Several files' patches as one series: in the order of their numbers if they are of one series,
   * else as they were given.
   *
   * @param all at least one
   */
  public static MailSeries joined(List<MailSeries> all) {
    List<MailedPatch> patches = new ArrayList<>();
    all.forEach(series -> patches.addAll(series.patches()));
    Set<Integer> totals = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (MailedPatch patch : patches) {
      SubjectLine subject = patch.mail().subject();
      totals.add(subject.numbered() == Numbering.COUNTED ? subject.total() : 0);
      numbers.add(subject.number());
    }
    boolean oneSeries =
        totals.size() == 1 && !totals.contains(0) && numbers.size() == patches.size();
    if (oneSeries) {
      patches.sort(Comparator.comparing(patch -> patch.mail().subject().number()));
    }
    return new MailSeries(
        oneSeries ? patches : counted(patches),
        all.stream().flatMap(series -> series.base().stream()).findFirst());
  }

  /** Patches without numbers of their own are called by their place, if there are several. */
  private static List<MailedPatch> counted(List<MailedPatch> patches) {
    if (patches.size() == 1) {
      return patches;
    }
    List<MailedPatch> counted = new ArrayList<>();
    for (MailedPatch patch : patches) {
      String name = "%d/%d".formatted(counted.size() + 1, patches.size());
      counted.add(
          new MailedPatch(
              patch.mail(),
              new Patch(name, patch.patch().title(), patch.patch().files()),
              patch.text()));
    }
    return counted;
  }

  private static List<Candidate> candidates(String name, List<Mail> mails) throws SourceException {
    List<Candidate> firstHand = new ArrayList<>();
    List<Candidate> replies = new ArrayList<>();
    for (Mail mail : mails) {
      if (PatchParser.hasPatch(mail.body())) {
        MessageText text = MessageText.of(mail.body());
        SubjectLine outer = mail.subject();
        SubjectLine inner =
            text.header("subject")
                .map(s -> SubjectLine.parse(utf8(s)))
                .filter(s -> !s.title().isEmpty())
                .map(
                    s ->
                        new SubjectLine(
                            outer.role(),
                            outer.version(),
                            outer.number(),
                            outer.total(),
                            outer.numbered(),
                            s.title()))
                .orElse(outer);
        (outer.role() == Role.REPLY ? replies : firstHand)
            .add(new Candidate(mail, inner, text.text()));
      }
    }
    List<Candidate> candidates = firstHand.isEmpty() ? replies : firstHand;
    if (candidates.isEmpty()) {
      boolean html = mails.stream().anyMatch(m -> m.look() == Look.HTML);
      throw new SourceException(
          name
              + (html
                  ? ": there is only HTML in it; patches must be sent as plain text"
                  : ": there is no patch in it; give a mail, a mailbox or a file with a unified diff"));
    }
    return candidates;
  }

  private static List<Candidate> ordered(
      String name, List<Candidate> candidates, Extent extent, List<Mail> mails)
      throws SourceException {
    if (candidates.stream().allMatch(c -> c.subject().numbered() == Numbering.ALONE)) {
      return withoutCopies(candidates);
    }
    Set<Integer> totals = new HashSet<>();
    candidates.forEach(c -> totals.add(numberedTotal(c)));
    if (totals.size() > 1) {
      String titles =
          candidates.stream()
              .map(c -> c.subject().name() + " \"" + c.subject().title() + "\"")
              .limit(4)
              .collect(Collectors.joining(", "));
      throw new SourceException(
          "%s: has patches of several series (%s …); give one series at a time"
              .formatted(name, titles));
    }
    TreeMap<Integer, Candidate> byNumber = new TreeMap<>();
    for (Candidate candidate : withoutCopies(candidates)) {
      Candidate other = byNumber.put(candidate.subject().number(), candidate);
      if (other != null) {
        throw new SourceException(
            "%s: two different mails are %s, '%s' and '%s'; leave one of them out"
                .formatted(
                    name,
                    candidate.subject().name(),
                    other.mail().origin(),
                    candidate.mail().origin()));
      }
    }
    if (extent == Extent.WHOLE) {
      complete(name, byNumber, totals.iterator().next(), mails);
    }
    return List.copyOf(byNumber.values());
  }

  private static int numberedTotal(Candidate candidate) {
    return candidate.subject().numbered() == Numbering.ALONE ? 0 : candidate.subject().total();
  }

  /** A thread fetched from two lists has each mail twice. */
  private static List<Candidate> withoutCopies(Collection<Candidate> candidates) {
    Set<List<Object>> seen = new HashSet<>();
    return candidates.stream()
        .filter(c -> seen.add(List.of(c.subject().number(), c.subject().title(), c.text())))
        .toList();
  }

  private static void complete(
      String name, TreeMap<Integer, Candidate> byNumber, int total, List<Mail> mails)
      throws SourceException {
    List<String> missing = new ArrayList<>();
    for (int n = 1; n <= total; n++) {
      if (!byNumber.containsKey(n)) {
        missing.add(n + "/" + total);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    int version = byNumber.firstEntry().getValue().subject().version();
    String what = version == 1 ? "the series" : "v" + version + " of the series";
    boolean several =
        mails.stream()
            .map(Mail::subject)
            .anyMatch(s -> s.role() == Role.FIRST_HAND && s.version() < version);
    throw new SourceException(
        "%s: %s lacks %s%s; %s"
            .formatted(
                name,
                what,
                String.join(", ", missing.subList(0, Math.min(8, missing.size()))),
                missing.size() > 8 ? " and " + (missing.size() - 8) + " more" : "",
                several
                    ? "if it replaces single patches of an older version, put the ones that hold into a mailbox of their own"
                    : "fetch the whole thread, as `b4 am` does, or check single mails with --patch"));
  }

  private static MailedPatch patch(Candidate candidate) throws SourceException {
    Mail mail = candidate.mail();
    SubjectLine subject = candidate.subject();
    String origin =
        subject.numbered() == Numbering.COUNTED
            ? mail.origin() + " (" + subject.name() + ")"
            : mail.origin();
    if (mail.look() == Look.FLOWED) {
      throw new SourceException(
          origin
              + ": is format=flowed, so its lines may have been broken anew; ask for it as plain text or take it from git");
    }
    String title = subject.title().isEmpty() ? titleOf(mail) : subject.title();
    String name = subject.numbered() == Numbering.COUNTED ? subject.name() : "patch";
    return new MailedPatch(
        mail, Patch.parse(name, title, origin, candidate.text()), candidate.text());
  }

  /** A diff without a mail is called as its file. */
  private static String titleOf(Mail mail) {
    return mail.origin().substring(mail.origin().lastIndexOf('/') + 1);
  }

  private static Optional<String> base(List<Mail> mails, int version) {
    for (Mail mail : mails) {
      if (mail.subject().version() == version && mail.subject().role() == Role.FIRST_HAND) {
        Matcher base = BASE.matcher(mail.body());
        if (base.find()) {
          return Optional.of(base.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
