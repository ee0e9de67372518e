// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import dev.pinion.analyzer.mail.Mail.Look;
import dev.pinion.analyzer.patch.PatchParser;
import dev.pinion.analyzer.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;

/** Reads mailboxes, single mails, and files that are nothing but a diff. */
public final class MailReader {
  private static final Pattern HEADER = Pattern.compile("[!-9;-~]+:.*", Pattern.DOTALL);
  private static final Pattern PATCH_FILE = Pattern.compile("(?i).*\\.(patch|diff|txt|eml)");
  private static final String UTF_16_LITTLE = "\u00ff\u00fe";
  private static final String UTF_16_BIG = "\u00fe\u00ff";
  private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";
  private static final int LONGEST_HEADER = 1 << 20;

  private final String origin;
  private final Map<String, String> headers = new TreeMap<>();
  private final List<String> texts = new ArrayList<>();
  private Look look = Look.FIXED;
  private boolean html;

  private MailReader(String origin) {
    this.origin = origin;
  }

  /**
   * Reads all messages of a file.
   *
   * @param name the file's, for messages
   * @throws SourceException if it is no mail and no patch
   */
  public static List<Mail> read(String name, byte[] bytes) throws SourceException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.startsWith(UTF_16_LITTLE) || text.startsWith(UTF_16_BIG)) {
      throw new SourceException(
          name + ": is UTF-16, as PowerShell's > writes it; use `git format-patch -o FOLDER`");
    }
    if (text.startsWith(UTF_8_MARK)) {
      text = text.substring(UTF_8_MARK.length());
    }
    if (text.isBlank()) {
      throw new SourceException(name + ": is empty; give a mail, a mailbox or a patch");
    }
    if (text.stripLeading().regionMatches(true, 0, "<!doctype html", 0, 14)
        || text.stripLeading().regionMatches(true, 0, "<html", 0, 5)) {
      throw new SourceException(
          name + ": is a web page; take the mail in its raw form, such as `b4 mbox` gives it");
    }
    List<String> messages = Mbox.split(text);
    List<Mail> mails = new ArrayList<>();
    for (String message : messages) {
      String origin = messages.size() == 1 ? name : "%s, mail %d".formatted(name, mails.size() + 1);
      mails.add(new MailReader(origin).message(message));
    }
    return mails;
  }

  private Mail message(String text) throws SourceException {
    String message = text.replaceAll("\\A(\\s*\\r?\\n)+", "");
    if (!HEADER.matcher(message.lines().findFirst().orElse("")).matches()) {
      return new Mail(origin, Map.of(), List.of(text), Look.FIXED);
    }
    try {
      parts(message.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException | MimeException e) {
      throw new SourceException(
          "%s: cannot be read as mail: %s; fetch it again".formatted(origin, e.getMessage()), e);
    }
    boolean mail =
        headers.containsKey("from")
            || headers.containsKey("subject")
            || headers.containsKey("message-id");
    if (!mail) {
      return new Mail(origin, Map.of(), List.of(text), Look.FIXED);
    }
    return new Mail(origin, headers, texts, texts.isEmpty() && html ? Look.HTML : look);
  }

  private void parts(byte[] message) throws IOException, MimeException {
    MimeTokenStream stream =
        new MimeTokenStream(
            new MimeConfig.Builder()
                .setMaxLineLen(-1)
                .setMaxHeaderCount(-1)
                .setMaxHeaderLen(LONGEST_HEADER)
                .build());
    stream.parse(new ByteArrayInputStream(message));
    Part part = new Part();
    int depth = 0;
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      switch (state) {
        case T_START_HEADER -> {
          part = new Part();
          depth++;
        }
        case T_FIELD -> {
          if (depth == 1) {
            remember(stream.getField());
          }
          part.field(stream.getField());
        }
        case T_BODY -> body(part, stream);
        default -> {
          // Starts and ends of parts, and the text around them, which is for no one.
        }
      }
    }
  }

  private void remember(Field field) {
    String raw = new String(field.getRaw().toByteArray(), StandardCharsets.UTF_8);
    String value = raw.substring(raw.indexOf(':') + 1).replaceAll("\\r?\\n(?=[ \\t])", "").strip();
    headers.put(
        field.getName().toLowerCase(Locale.ROOT),
        DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT));
  }

  private void body(Part part, MimeTokenStream stream) throws IOException {
    String type = stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
    if (type.equals("text/html")) {
      html = true;
      return;
    }
    String text =
        new String(stream.getDecodedInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    boolean readable =
        type.startsWith("text/")
            || type.endsWith("/x-patch")
            || type.endsWith("/x-diff")
            || PATCH_FILE.matcher(part.fileName).matches();
    if (!readable) {
      return;
    }
    texts.add(text);
    if (part.flowed && PatchParser.hasPatch(text)) {
      look = Look.FLOWED;
    }
  }

  /** What the header of a part says. */
  private static final class Part {
    private String fileName = "";
    private boolean flowed;

    void field(Field field) throws MimeException {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!name.equals("content-type") && !name.equals("content-disposition")) {
        return;
      }
      RawField raw = RawFieldParser.DEFAULT.parseField(field.getRaw());
      RawBody body = RawFieldParser.DEFAULT.parseRawBody(raw);
      for (NameValuePair parameter : body.getParams()) {
        String key = parameter.getName().toLowerCase(Locale.ROOT);
        String value = parameter.getValue() == null ? "" : parameter.getValue();
        if (key.equals("name") || key.equals("filename")) {
          fileName = value;
        } else if (key.equals("format") && value.equalsIgnoreCase("flowed")) {
          flowed = true;
        }
      }
    }
  }
}
