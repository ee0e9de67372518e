// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.mail.MailSeries.Extent;
import dev.pinion.analyzer.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MailSeriesTest {
  private static final String FROM = "From mboxrd@z Thu Jan  1 00:00:00 1970\n";

  private static String diff(int n) {
    return """
        ---
         net/a.c | 2 +-
         1 file changed, 1 insertion(+), 1 deletion(-)

        diff --git a/net/a.c b/net/a.c
        index 1111111..2222222 100644
        --- a/net/a.c
        +++ b/net/a.c
        @@ -1,3 +1,3 @@
         \tone
        -\ttwo
        +\t%d
         \tthree
        --
        2.39.5

        """
        .formatted(n);
  }

  private static String mail(String subject, String more, String body) {
    return "From: A Developer <dev@example.org>\nDate: Thu, 2 Nov 2023 10:00:00 +0100\nMessage-ID: <"
        + Integer.toHexString((subject + more).hashCode())
        + "@example.org>\nSubject: "
        + subject
        + "\n"
        + more
        + "\n"
        + body;
  }

  private static String patch(String prefix, int n) {
    return FROM + mail(prefix + " net: change " + n, "", "Says why.\n\n" + diff(n));
  }

  private static MailSeries read(String text, Extent extent) throws SourceException {
    return MailSeries.of(
        "x.mbox", MailReader.read("x.mbox", text.getBytes(StandardCharsets.UTF_8)), extent);
  }

  private static String names(String text) throws SourceException {
    return read(text, Extent.WHOLE).patches().stream()
        .map(p -> p.patch().name() + " " + p.patch().title())
        .collect(Collectors.joining("; "));
  }

  private static void fails(String text, String... words) {
    String message =
        String.valueOf(
            assertThrows(SourceException.class, () -> read(text, Extent.WHOLE)).getMessage());
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("x.mbox"), message);
    for (String word : words) {
      assertTrue(message.contains(word), "'" + word + "' is missing in: " + message);
    }
  }

  /** The text of the line that the only hunk of the first patch adds. */
  private static String added(String text) throws SourceException {
    return read(text, Extent.AS_GIVEN)
        .patches()
        .get(0)
        .patch()
        .files()
        .get(0)
        .hunks()
        .get(0)
        .lines()
        .stream()
        .filter(l -> l.sign() == dev.pinion.analyzer.patch.Hunk.Sign.ADDED)
        .map(l -> l.text())
        .collect(Collectors.joining());
  }

  @Test
  void putsAThreadInOrderWithoutCoverLetterAndReplies() throws Exception {
    String thread =
        FROM
            + mail(
                "[PATCH v3 0/3] net: changes",
                "",
                "A cover letter.\n\nbase-commit: " + "0123456789012345678901234567890123456789\n")
            + "\n"
            + patch("[PATCH v3 3/3]", 3)
            + FROM
            + mail(
                "Re: [PATCH v3 3/3] net: change 3",
                "",
                "> " + diff(3).replace("\n", "\n> ") + "\nLooks wrong, rather:\n\n" + diff(9))
            + "\n"
            + patch("[PATCH v3 1/3]", 1)
            + patch("[PATCH v3 2/3]", 2);
    assertEquals("1/3 net: change 1; 2/3 net: change 2; 3/3 net: change 3", names(thread));
    assertEquals(
        Optional.of("0123456789012345678901234567890123456789"), read(thread, Extent.WHOLE).base());
  }

  @Test
  void takesTheNewestVersionOnly() throws Exception {
    String thread =
        patch("[PATCH net-next 1/2]", 1)
            + patch("[PATCH net-next 2/2]", 2)
            + patch("[PATCH net-next v2 1/1]", 5);
    assertEquals("1/1 net: change 5", names(thread));
    assertEquals("1/1 net: change 5", names(thread.replace("v2 1/1", "RFC v2 1/1")));
    fails(
        patch("[PATCH 1/2]", 1) + patch("[PATCH 2/2]", 2) + patch("[PATCH v2 2/2]", 5),
        "v2 of the series",
        "lacks 1/2",
        "older version");
    fails(
        patch("[PATCH 1/1]", 1) + FROM + mail("[PATCH v2 0/3] net: all new", "", "Words.\n"),
        "of v2 there is only 0/3");
  }

  @Test
  void namesAMissingPart() {
    fails(patch("[PATCH 1/4]", 1) + patch("[PATCH 3/4]", 3), "lacks 2/4, 4/4", "b4 am", "--patch");
    fails(patch("[PATCH 20/30]", 1), "lacks 1/30,", "and 21 more");
  }

  @Test
  void aSingleMailIsEnoughWhereNoMailboxIsMeant() throws Exception {
    assertEquals(
        "3/4", read(patch("[PATCH 3/4]", 3), Extent.AS_GIVEN).patches().get(0).patch().name());
  }

  @Test
  void copiesCountOnceAndRivalsAreNamed() throws Exception {
    String one = patch("[PATCH 1/2]", 1);
    assertEquals(
        "1/2 net: change 1; 2/2 net: change 2", names(one + one + patch("[PATCH 2/2]", 2)));
    fails(one + patch("[PATCH 1/2]", 7) + patch("[PATCH 2/2]", 2), "two different mails are 1/2");
    fails(one + patch("[PATCH 1/3]", 7), "several series", "1/2", "1/3");
  }

  @Test
  void unnumberedPatchesKeepTheirOrder() throws Exception {
    assertEquals(
        "1/2 net: change 2; 2/2 net: change 1", names(patch("[PATCH]", 2) + patch("[PATCH]", 1)));
  }

  @Test
  void whatFormatPatchWrites() throws Exception {
    String text =
        patch("[PATCH 1/2]", 1)
                .replace(FROM, "From " + "a".repeat(40) + " Mon Sep 17 00:00:00 2001\n")
            + patch("[PATCH 2/2]", 2)
                .replace(FROM, "From " + "b".repeat(40) + " Mon Sep 17 00:00:00 2001\n");
    assertEquals("1/2 net: change 1; 2/2 net: change 2", names(text));
  }

  @Test
  void quotedFromLinesOfEitherKind() throws Exception {
    for (String quoted : List.of(">From here on", ">>From here on", "From here on")) {
      String text =
          patch("[PATCH]", 1).replace("Says why.", "Says why:\n\n" + quoted + " it works.");
      assertEquals("1/2 net: change 1; 2/2 net: change 2", names(text + patch("[PATCH]", 2)));
    }
  }

  @Test
  void transferEncodings() throws Exception {
    String printable = "Says =E4h\n\n" + diff(1).replace("=", "=3D").replace("\t1\n", "\t=\n1\n");
    assertEquals(
        "\t1\n",
        added(
            mail(
                "[PATCH] net: x",
                "MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
                printable)));
    String base64 =
        Base64.getMimeEncoder()
            .encodeToString(diff(2).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "\t2\n",
        added(
            mail(
                "[PATCH] net: x",
                "MIME-Version: 1.0\nContent-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n",
                base64 + "\n")));
  }

  @Test
  void encodedSubjectsOnSeveralLines() throws Exception {
    assertEquals(
        "2/2 net: größer und länger",
        read(
                mail(
                    "=?UTF-8?q?=5BPATCH_2/2=5D_net=3A_gr=C3=B6=C3=9Fer?=\n =?iso-8859-1?Q?_und_l=E4nger?=",
                    "",
                    diff(1)),
                Extent.AS_GIVEN)
            .patches()
            .stream()
            .map(p -> p.patch().name() + " " + p.patch().title())
            .collect(Collectors.joining()));
  }

  @Test
  void partsInlineAndAttached() throws Exception {
    String type = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_x\"\n";
    String head = "--=_x\nContent-Type: text/plain\n\nSee below.\n";
    String attached =
        "--=_x\nContent-Type: %s; name=\"0001.patch\"\nContent-Disposition: %s\n\n%s--=_x--\n";
    for (String disposition : List.of("inline", "attachment; filename=0001.patch")) {
      for (String kind : List.of("text/x-patch", "application/octet-stream")) {
        assertEquals(
            "\t4\n",
            added(
                mail(
                    "[PATCH] net: x", type, head + attached.formatted(kind, disposition, diff(4)))),
            kind + disposition);
      }
    }
    String both = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"=_x\"\n";
    assertEquals(
        "\t5\n",
        added(
            mail(
                "[PATCH] net: x",
                both,
                "--=_x\nContent-Type: text/plain\n\n"
                    + diff(5)
                    + "--=_x\nContent-Type: text/html\n\n<pre>"
                    + diff(6)
                    + "</pre>\n--=_x--\n")));
  }

  @Test
  void carriageReturnsOfTheMail() throws Exception {
    String text = patch("[PATCH 1/2]", 1) + patch("[PATCH 2/2]", 2);
    assertEquals(names(text), names(text.replace("\n", "\r\n")));
    assertEquals("\t1\n", added(patch("[PATCH]", 1).replace("\n", "\r\n")));
  }

  @Test
  void scissorsAndHeadersInTheBody() throws Exception {
    String body =
        "Hi,\n\nhow about this:\n\n-- >8 --\nFrom: Somebody Else <else@example.org>\nSubject: [PATCH] net: what it is\n\nWhy.\n"
            + diff(1);
    assertEquals("patch net: what it is", names(mail("[PATCH] a reply of sorts", "", body)));
    assertEquals(
        "patch net: x",
        names(mail("[PATCH] net: x", "", "From: Somebody Else <else@example.org>\n\n" + diff(1))));
  }

  @Test
  void plainDiffsAndQuiltPatches() throws Exception {
    assertEquals("patch x.mbox", names(diff(1)));
    assertEquals("patch net: quilt", names("From: me\nSubject: net: quilt\n\n" + diff(1)));
  }

  @Test
  void marksOfEncodings() throws Exception {
    assertEquals("patch net: change 1", names("\ufeff" + patch("[PATCH]", 1)));
    byte[] wide = ("\ufeff" + patch("[PATCH]", 1)).getBytes(StandardCharsets.UTF_16LE);
    String message =
        String.valueOf(
            assertThrows(SourceException.class, () -> MailReader.read("x.mbox", wide))
                .getMessage());
    assertTrue(message.startsWith("x.mbox: is UTF-16"), message);
  }

  @Test
  void refusesWhatCannotBeTrusted() {
    fails(
        mail("[PATCH] net: x", "Content-Type: text/plain; charset=utf-8; format=flowed\n", diff(1)),
        "format=flowed",
        "plain text");
    fails(
        mail("[PATCH] net: x", "Content-Type: text/html\n", "<pre>" + diff(1) + "</pre>"), "HTML");
    fails("<!DOCTYPE html>\n<html>" + diff(1), "web page", "raw");
    fails(mail("Re: [PATCH] net: x", "", "Looks good.\n"), "no patch", "diff");
    fails("", "empty");
    fails("\n\n", "empty");
    String whole = mail("[PATCH 1/1] net: x", "", diff(1));
    fails(whole.substring(0, whole.indexOf(" \tthree")), "(1/1)", "net/a.c, hunk 1", "cut off");
    fails(whole.replace("\t", "").replace("\n one", "\none"), "white space is damaged", "raw");
  }

  /** As web archives show a mail: no header, no white space at the starts of lines. */
  @Test
  void namesWhatAWebArchiveDoesToAPatch() {
    String page =
        "Re: [PATCH 1/2] net: x\n\nFrom: A Developer\nDate: Wed Jan 11 2023 - 15:53:50 EST\n\nHow about:\n\n"
            + diff(1).replace(" \t", "").replace("-\t", "- ").replace("+\t", "+ ");
    fails(page, "net/a.c, hunk 1", "blanks and tabs at the starts of lines are gone", "raw");
  }
}
