// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Eclipse finds by name, and would only miss when it looks for it. */
class BundleTest {
  @Test
  void classesThatAreNamedAreThere() throws IOException, ClassNotFoundException {
    String names = Files.readString(Path.of("src/main/resources/plugin.xml"));
    List<String> classes =
        Pattern.compile("class=\"([^\"]+)\"")
            .matcher(names)
            .results()
            .map(BundleTest::first)
            .toList();
    assertTrue(classes.size() >= 5, classes.toString());
    for (String name : classes) {
      Class.forName(name, false, BundleTest.class.getClassLoader());
    }
    Class.forName(
        manifest().getValue("Bundle-Activator"), false, BundleTest.class.getClassLoader());
    assertTrue(names.contains("markerType=\"" + Problem.MARKER + "\""));
  }

  @Test
  void theVersionIsTheProjects() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(pom)
            .results()
            .map(BundleTest::first)
            .findFirst()
            .orElseThrow();
    assertEquals(version, manifest().getValue("Bundle-Version"));
  }

  private static Attributes manifest() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("src/main/META-INF/MANIFEST.MF"))) {
      return new Manifest(in).getMainAttributes();
    }
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }
}
