// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.cli.Golden;
import dev.pinion.cli.report.Report;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatGoldenTest {
  static Stream<Arguments> formats() {
    SarifRules rules =
        new SarifRules(
            rule ->
                rule.id().equals(Samples.PAGE.id()) ? Optional.of(Samples.PAGE) : Optional.empty());
    return Stream.of(
        Arguments.of("text", new TextFormat(Style.PLAIN, path -> path)),
        Arguments.of("text-ansi", new TextFormat(Style.ANSI, path -> "../" + path)),
        Arguments.of("json", new JsonFormat()),
        Arguments.of("sarif", new SarifFormat(rules)),
        Arguments.of("gitlab", new GitlabFormat()),
        Arguments.of("checkstyle", new CheckstyleFormat()),
        Arguments.of("checkpatch", new CheckpatchFormat()));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesEveryPartOfAReport(String name, ReportFormat format) throws IOException {
    Golden.check("format/full." + name, written(format, Samples.full()));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesAnEmptyReport(String name, ReportFormat format) throws IOException {
    Golden.check("format/empty." + name, written(format, Samples.empty()));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesTheSameTwice(String name, ReportFormat format) throws IOException {
    assertEquals(written(format, Samples.full()), written(format, Samples.full()), name);
  }

  private static String written(ReportFormat format, Report report) throws IOException {
    StringBuilder out = new StringBuilder();
    format.write(report, out);
    return out.toString();
  }
}
