// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * File names as text. A name is bytes to Linux and git; the text of it must be the same whatever
 * the locale and wherever it comes from, a folder or a git tree, and must be valid Unicode for
 * reports.
 */
final class PathText {
  private PathText() {}

  /** The bytes as UTF-8; if they are not that, every byte beyond ASCII as {@code \xNN}. */
  static String of(byte[] bytes) {
    String quick = new String(bytes, StandardCharsets.UTF_8);
    if (quick.indexOf('\uFFFD') < 0) {
      return quick;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder(bytes.length + 6);
      for (byte b : bytes) {
        if (b >= 0) {
          text.append((char) b);
        } else {
          text.append(String.format(Locale.ROOT, "\\x%02x", b & 0xff));
        }
      }
      return text.toString();
    }
  }

  /** The last name of a path. */
  static String ofName(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    return isAscii(name) ? name : of(rawName(path));
  }

  /** The way from a folder to something in it; empty for the folder itself. */
  static String relative(Path folder, Path inside) {
    StringBuilder text = new StringBuilder();
    Path at = folder;
    for (Path name : folder.relativize(inside)) {
      at = at.resolve(name);
      if (!at.equals(folder)) { // The way from a folder to itself has one name, an empty one.
        text.append(text.isEmpty() ? "" : "/").append(ofName(at));
      }
    }
    return text.toString();
  }

  /**
   * Whether {@link Path#resolve(String)} finds the file again, in every locale: nothing in the text
   * is decoded or, as the backslash tells, escaped.
   */
  static boolean isPlain(String text) {
    return isAscii(text) && text.indexOf('\\') < 0;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The name's bytes. Only the URI of a path keeps those that the locale cannot decode. */
  private static byte[] rawName(Path path) {
    String uri = path.toUri().getRawPath();
    String trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(Integer.parseInt(name, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
