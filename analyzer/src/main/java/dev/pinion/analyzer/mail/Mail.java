// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One message, transfer encodings undone.
 *
 * @param origin file and number, for messages
 * @param headers the last of each name, by name in lower case, encoded words decoded
 * @param texts its plain texts and patches in order, attached ones included; one character per byte
 * @param look what is to be known of how the text was sent
 */
public record Mail(String origin, Map<String, String> headers, List<String> texts, Look look) {
  /** Copies both. */
  public Mail {
    headers = Map.copyOf(headers);
    texts = List.copyOf(texts);
  }

  /** How a mail's text was sent. */
  public enum Look {
    /** Lines as they were written. */
    FIXED,
    /** {@code format=flowed}: the mail program was free to break and join lines. */
    FLOWED,
    /** There is nothing but HTML. */
    HTML
  }

  /** A header's value; empty if it is not there. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The text of all parts. */
  public String body() {
    return String.join("\n", texts);
  }

  /** Its subject; empty for none. */
  public SubjectLine subject() {
    return SubjectLine.parse(header("Subject").orElse(""));
  }
}
