// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One file that has become another. */
final class EditedFile {
  static final String PATH = "a.c";

  private EditedFile() {}

  /** Where its lines are now. */
  static Map<String, Moves> moves(String before, String now) {
    return Map.of(PATH, Moves.of(facts(before), facts(now)).orElse(Moves.NONE));
  }

  private static FileFacts facts(String source) {
    return new FactExtractor(KernelModel.load())
        .extract(FrontEnd.unit(source.getBytes(StandardCharsets.UTF_8)));
  }
}
