// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Links small trees that are given as texts. */
final class Linked {
  private Linked() {}

  /** The program of these files: path, text, path, text, … */
  static Program of(String... pathsAndTexts) {
    KernelModel model = KernelModel.load();
    FactExtractor extractor = new FactExtractor(model);
    Map<String, Unit> units = new TreeMap<>();
    SortedMap<String, FileFacts> facts = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      Unit unit = FrontEnd.unit(pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      units.put(pathsAndTexts[i], unit);
      facts.put(pathsAndTexts[i], extractor.extract(unit));
    }
    return Program.link(
        facts,
        model,
        file -> {
          Unit unit = units.get(file);
          if (unit == null) {
            throw new IllegalArgumentException("no such file: " + file);
          }
          return unit;
        });
  }
}
