// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildReader;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.Parser;
import dev.pinion.analyzer.parse.lower.Lowering;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Links small trees that are given as texts. */
public final class Trees {
  private Trees() {}

  /** The program of these files: texts by path. Other files than C and the build are left out. */
  public static Program link(Map<String, String> files) {
    KernelModel model = KernelModel.load();
    FactExtractor extractor = new FactExtractor(model);
    Map<String, Unit> units = new TreeMap<>();
    SortedMap<String, FileFacts> facts = new TreeMap<>();
    SortedMap<String, KbuildFacts> builds = new TreeMap<>();
    files.forEach(
        (path, text) -> {
          if (path.endsWith(".c") || path.endsWith(".h") || path.endsWith(".c_shipped")) {
            Unit unit = Lowering.lower(Parser.parse(path, text.getBytes(StandardCharsets.UTF_8)));
            units.put(path, unit);
            facts.put(path, extractor.extract(unit));
            return;
          }
          String name = path.substring(path.lastIndexOf('/') + 1);
          if (name.startsWith("Makefile") || name.startsWith("Kbuild")) {
            builds.put(path, KbuildReader.makefile(text));
          } else if (name.startsWith("Kconfig")) {
            builds.put(path, KbuildReader.kconfig(text));
          }
        });
    return Program.link(
        facts,
        builds,
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
