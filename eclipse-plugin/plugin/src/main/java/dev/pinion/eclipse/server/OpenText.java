// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * The text of an open document as the server is to see it, and its version. Whatever the editor
 * does is done here as well, at once: the editor's own document may be read by its thread only, and
 * has no versions.
 */
public final class OpenText {
  private final String uri;
  private final StringBuilder text;
  private int version = 1;

  /**
   * @param uri as diagnostics are to name it
   */
  public OpenText(String uri, String text) {
    this.uri = uri;
    this.text = new StringBuilder(text);
  }

  /**
   * A text at one moment.
   *
   * @param version larger for a later one
   */
  public record State(int version, String text) {}

  /**
   * What has changed.
   *
   * @param version the one that it led to
   */
  public record Change(int version, TextDocumentContentChangeEvent event) {}

  public String uri() {
    return uri;
  }

  public synchronized State state() {
    return new State(version, text.toString());
  }

  public synchronized int version() {
    return version;
  }

  public synchronized int length() {
    return text.length();
  }

  /**
   * Replaces a part.
   *
   * @param offset where it starts, from 0 to the length
   * @param length how much is taken away
   * @throws StringIndexOutOfBoundsException if that is not in the text
   */
  public synchronized Change replace(int offset, int length, String with) {
    Lines lines = new Lines(text);
    Range range = new Range(lines.position(offset), lines.position(offset + length));
    text.replace(offset, offset + length, with);
    return new Change(++version, new TextDocumentContentChangeEvent(range, with));
  }

  /** Replaces everything. */
  public synchronized Change reset(String all) {
    text.setLength(0);
    text.append(all);
    return new Change(++version, new TextDocumentContentChangeEvent(all));
  }
}
