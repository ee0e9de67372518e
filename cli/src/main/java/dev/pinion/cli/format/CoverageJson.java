// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.ir.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The coverage ledger as a JSON object; the same in reports and in {@code pinion coverage}. */
public final class CoverageJson {
  private CoverageJson() {}

  /** The reason's name in reports: {@code arm-not-taken}. */
  public static String reason(Problem.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Writes the object.
   *
   * @param failures crashed rules; listed first, as crashes of no file
   */
  public static void write(Coverage coverage, List<String> failures, JsonWriter json)
      throws IOException {
    json.beginObject();
    json.name("files").value(coverage.files());
    json.name("functions").value(coverage.functions());
    json.name("functionsAnalysed").value(coverage.functionsAnalysed());
    json.name("problems").beginArray();
    for (String failure : failures) {
      problem("", new Problem(Problem.Kind.CRASH, 0, "", failure), json);
    }
    for (Coverage.Entry entry : coverage.problems()) {
      problem(entry.file(), entry.problem(), json);
    }
    json.endArray();
    json.endObject();
  }

  private static void problem(String file, Problem problem, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("file").value(file);
    json.name("line").value(problem.line());
    json.name("function").value(problem.function());
    json.name("reason").value(reason(problem.kind()));
    json.name("detail").value(problem.detail());
    json.endObject();
  }
}
