// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;

/** How all JSON of Pinion is written: indented by two, every field present, absent ones as null. */
public final class Json {
  private Json() {}

  /** What to write. */
  public interface Body {
    void writeTo(JsonWriter json) throws IOException;
  }

  /** A whole document, with a newline at its end. */
  public static String text(Body body) {
    StringBuilder text = new StringBuilder();
    try {
      body.writeTo(writer(text));
    } catch (IOException e) {
      throw new IllegalStateException("a string builder does no I/O", e);
    }
    return text.append('\n').toString();
  }

  /** A writer that appends to {@code text}. */
  public static JsonWriter writer(StringBuilder text) {
    JsonWriter json = new JsonWriter(new Appender(text));
    json.setIndent("  ");
    json.setSerializeNulls(true);
    json.setHtmlSafe(false);
    return json;
  }

  /** A {@link StringWriter} has its own, synchronised, buffer; this one shares the caller's. */
  private static final class Appender extends Writer {
    private final StringBuilder text;

    Appender(StringBuilder text) {
      this.text = text;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      text.append(chars, offset, length);
    }

    @Override
    public void write(int c) {
      text.append((char) c);
    }

    @Override
    public void write(String part) {
      text.append(part);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
