// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildReader;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Links a few files given as text, with facts through their byte form as in a real scan. */
public final class Linked {
  private Linked() {}

  /** Paths and texts, alternating; Makefiles and Kconfig files among them. */
  public static Program of(String... pathsAndTexts) {
    return with(KernelModel.load(), pathsAndTexts);
  }

  /** The same under another model than the analyzer's own. */
  public static Program with(KernelModel model, String... pathsAndTexts) {
    FactExtractor extractor = new FactExtractor(model);
    SortedMap<String, FileFacts> facts = new TreeMap<>();
    Map<String, Unit> units = new TreeMap<>();
    SortedMap<String, KbuildFacts> builds = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      if (pathsAndTexts[i].endsWith("Makefile")) {
        builds.put(pathsAndTexts[i], KbuildReader.makefile(pathsAndTexts[i + 1]));
        continue;
      }
      if (pathsAndTexts[i].endsWith("Kconfig")) {
        builds.put(pathsAndTexts[i], KbuildReader.kconfig(pathsAndTexts[i + 1]));
        continue;
      }
      Unit unit = FrontEnd.unit(pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      units.put(pathsAndTexts[i], unit);
      byte[] bytes = FactsCodec.encode(extractor.extract(unit));
      facts.put(pathsAndTexts[i], FactsCodec.decode(bytes, Sharing.none()));
    }
    return Program.link(
        TreeFacts.of(facts),
        () -> builds,
        model,
        (file, index) -> Objects.requireNonNull(units.get(file), file).functions().get(index));
  }

  /** The only function of that name. */
  public static FunctionRef function(Program program, String name) {
    if (program.functions(name).size() != 1) {
      throw new AssertionError(name + ": " + program.functions(name));
    }
    return program.functions(name).get(0);
  }

  /** The only call of {@code callee} in {@code function}. */
  public static Instruction.Call call(Program program, FunctionRef function, String callee) {
    var calls = Calls.of(program.ir(function), callee);
    if (calls.size() != 1) {
      throw new AssertionError(function + " calls " + callee + ": " + calls);
    }
    return calls.get(0);
  }
}
