// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pinion.analyzer.facts.FactsCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Names what computes facts, so that a store never serves facts to an analyzer that would compute
 * others: the codec's version and a checksum of the code below the facts. Whoever changes a parser
 * and forgets a version number gets a cold store, not a wrong result.
 */
public final class FactsVersion {
  private static final String PACKAGES = "dev/pinion/analyzer/";

  /** Packages above the facts, or beside them; a change there leaves facts as they are. */
  private static final List<String> IRRELEVANT =
      List.of("atlas/", "dataflow/", "engine/", "link/", "rule/", "source/", "store/");

  private FactsVersion() {}

  /** The version for {@link dev.pinion.analyzer.store.FactStore#open}. */
  public static String current() {
    try {
      Path code =
          Path.of(FactsCodec.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return FactsCodec.VERSION
          + "-"
          + checksum(Files.isDirectory(code) ? folder(code) : jar(code));
    } catch (URISyntaxException | IOException e) {
      throw new UncheckedIOException(new IOException("the analyzer's own code is unreadable", e));
    }
  }

  private static String checksum(SortedMap<String, Long> parts) {
    CRC32 crc = new CRC32();
    parts.forEach((name, sum) -> crc.update((name + " " + sum + "\n").getBytes(US_ASCII)));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private static SortedMap<String, Long> jar(Path file) throws IOException {
    SortedMap<String, Long> parts = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.stream()
          .filter(entry -> isRelevant(entry.getName()))
          .forEach((ZipEntry entry) -> parts.put(entry.getName(), entry.getCrc()));
    }
    return parts;
  }

  private static SortedMap<String, Long> folder(Path root) throws IOException {
    SortedMap<String, Long> parts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (isRelevant(name)) {
          CRC32 crc = new CRC32();
          crc.update(Files.readAllBytes(file));
          parts.put(name, crc.getValue());
        }
      }
    }
    return parts;
  }

  private static boolean isRelevant(String name) {
    return name.startsWith(PACKAGES)
        && !name.endsWith("/")
        && IRRELEVANT.stream().noneMatch(p -> name.startsWith(p, PACKAGES.length()));
  }
}
