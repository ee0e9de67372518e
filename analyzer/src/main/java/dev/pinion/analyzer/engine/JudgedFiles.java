// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.query.Footprints;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scan of a whole tree looked at, what was said of it, and what that hangs on.
 *
 * @param rules their ids, in order
 * @param files what was looked at, by path
 * @param footprints first of where each rule looks, then of what was said of each file; in order
 * @param builds the name of what the files of the build were
 * @param hangsOnLocks whether the table of locks was asked for at all
 */
record JudgedFiles(
    List<String> rules,
    SortedMap<String, Judged> files,
    Footprints footprints,
    String builds,
    boolean hangsOnLocks) {
  /**
   * One file.
   *
   * @param asked the places of the rules that were asked
   * @param said what they said of its functions, by the place of the rule; none where nothing
   */
  record Judged(List<Integer> asked, Map<Integer, Verdict> said) {
    Judged {
      asked = List.copyOf(asked);
      said = Map.copyOf(said);
    }

    void write(FactsWriter out) {
      out.list(asked, r -> out.number(r));
      out.list(
          asked.stream().filter(said::containsKey).toList(),
          r -> {
            out.number(r);
            said.getOrDefault(r, Verdict.NOTHING).write(out);
          });
    }

    static Judged read(FactsReader in) {
      List<Integer> asked = in.list(() -> in.number());
      Map<Integer, Verdict> said = new TreeMap<>();
      in.list(() -> said.put(in.number(), Verdict.read(in)));
      return new Judged(asked, said);
    }
  }

  JudgedFiles {
    rules = List.copyOf(rules);
  }

  byte[] encode() {
    FactsWriter out = new FactsWriter();
    out.text(builds);
    out.number(hangsOnLocks ? 1 : 0);
    out.list(rules, r -> out.text(r));
    out.list(
        List.copyOf(files.entrySet()),
        e -> {
          out.text(e.getKey());
          e.getValue().write(out);
        });
    FootprintsCodec.write(footprints, out);
    return out.toBytes();
  }

  static JudgedFiles decode(byte[] bytes) {
    FactsReader in = new FactsReader(bytes, Sharing.none());
    String builds = in.text();
    boolean hangsOnLocks = in.number() == 1;
    List<String> rules = in.list(() -> in.text());
    SortedMap<String, Judged> files = new TreeMap<>();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      files.put(in.text(), Judged.read(in));
    }
    return new JudgedFiles(rules, files, FootprintsCodec.read(in), builds, hangsOnLocks);
  }
}
