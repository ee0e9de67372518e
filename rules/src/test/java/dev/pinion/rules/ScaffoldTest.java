// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./dev new-rule} writes must compile before anything is changed. */
class ScaffoldTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"", "\"teardown\", "})
  void theClassCompiles(String family) throws Exception {
    Path source = folder.resolve("RcuExample.java");
    Path template = Corpus.checkout().resolve("rules/scaffold/Rule.java.in");
    Files.writeString(
        source,
        Files.readString(template)
            .replace("@ID@", "rcu-example")
            .replace("@FAMILY@", "rcu")
            .replace("@OF@", family)
            .replace("@CLASS@", "RcuExample"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              messages,
              files,
              null,
              List.of("-proc:none", "-Xlint:all,-processing", "-Werror", "-d", folder.toString()),
              null,
              files.getJavaFileObjects(source))
          .call();
    }
    assertEquals("", messages.toString());
  }
}
