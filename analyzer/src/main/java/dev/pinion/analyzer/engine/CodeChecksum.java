// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Tells builds of our own code apart, so that what one computed is not taken for another's. */
final class CodeChecksum {
  private CodeChecksum() {}

  /**
   * A checksum of the jar or folder that a class is from.
   *
   * @param relevant which of its files count, by their names from its root
   */
  static String of(Class<?> type, Predicate<String> relevant) {
    try {
      Path code = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return checksum(Files.isDirectory(code) ? folder(code, relevant) : jar(code, relevant));
    } catch (URISyntaxException | IOException e) {
      throw new UncheckedIOException(new IOException("the analyzer's own code is unreadable", e));
    }
  }

  private static String checksum(SortedMap<String, Long> parts) {
    CRC32 crc = new CRC32();
    parts.forEach((name, sum) -> crc.update((name + " " + sum + "\n").getBytes(US_ASCII)));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static SortedMap<String, Long> jar(Path file, Predicate<String> relevant)
      throws IOException {
    SortedMap<String, Long> parts = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.stream()
          .filter(entry -> relevant.test(entry.getName()))
          .forEach((ZipEntry entry) -> parts.put(entry.getName(), entry.getCrc()));
    }
    return parts;
  }

  private static SortedMap<String, Long> folder(Path root, Predicate<String> relevant)
      throws IOException {
    SortedMap<String, Long> parts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (relevant.test(name)) {
          CRC32 crc = new CRC32();
          crc.update(Files.readAllBytes(file));
          parts.put(name, crc.getValue());
        }
      }
    }
    return parts;
  }
}
