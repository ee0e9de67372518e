// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.query.Footprints;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a scan of a tree looked at, what was said of it, and what that hangs on.
 *
 * @param isWhole whether this is all that the rules look at
 * @param rules their ids, in order
 * @param files what was looked at, by path
 * @param footprints first of where each rule looks, if this is whole, and of the answers that
 *     functions name
 * @param builds the name of what the files of the build were
 * @param hangsOnLocks whether the table of locks was asked for at all
 * @param settled what tables of the tree were; apart, as it is seldom asked for
 */
record JudgedFiles(
    boolean isWhole,
    List<String> rules,
    SortedMap<String, Judged> files,
    Footprints footprints,
    String builds,
    boolean hangsOnLocks,
    Supplier<SettledValues> settled) {
  /**
   * One file.
   *
   * @param asked the places of the rules that were asked
   * @param firstGroup the place in the footprints of for whom the functions of the first group are
   *     candidates, which those of the others follow; that hangs on each function's own facts, too
   * @param groups into which the functions were divided
   * @param functions those that are candidates for somebody
   */
  record Judged(
      List<Integer> asked, int firstGroup, CandidateGroups groups, List<JudgedFunction> functions) {
    Judged {
      asked = List.copyOf(asked);
      functions = List.copyOf(functions);
    }

    /** The place in the footprints of for whom the function known by that key is a candidate. */
    int answer(String key) {
      return firstGroup + groups.of(key);
    }

    void write(FactsWriter out) {
      out.list(asked, r -> out.number(r));
      out.number(groups.count());
      out.list(functions, f -> f.write(out));
    }

    /** Answers stand in the order in which they are told. */
    static Judged read(FactsReader in, int[] answers) {
      List<Integer> asked = in.list(() -> in.number());
      int firstGroup = answers[0];
      CandidateGroups groups = new CandidateGroups(in.number());
      answers[0] += groups.count();
      return new Judged(asked, firstGroup, groups, in.list(() -> JudgedFunction.read(in, answers)));
    }
  }

  /**
   * One function.
   *
   * @param key what it is known by in its file
   * @param said by those for whom it is a candidate, in their order
   */
  record JudgedFunction(String key, List<Said> said) {
    JudgedFunction {
      said = List.copyOf(said);
    }

    void write(FactsWriter out) {
      out.text(key);
      out.list(
          said,
          s -> {
            out.number(s.rule());
            s.verdict().write(out);
          });
    }

    static JudgedFunction read(FactsReader in, int[] answers) {
      return new JudgedFunction(
          in.text(),
          in.list(
              () -> {
                int rule = in.number();
                Verdict verdict = Verdict.read(in);
                return new Said(rule, answers[0]++, verdict.isEmpty() ? Verdict.NOTHING : verdict);
              }));
    }
  }

  /**
   * What one rule said of one function.
   *
   * @param rule its place
   * @param answer the place in the footprints of what it said
   */
  record Said(int rule, int answer, Verdict verdict) {}

  JudgedFiles {
    rules = List.copyOf(rules);
  }

  /** The byte form of one that is whole. */
  byte[] encode() {
    FactsWriter out = new FactsWriter();
    out.text(builds);
    out.number(hangsOnLocks ? 1 : 0);
    out.list(rules, r -> out.text(r));
    out.list(
        new ArrayList<>(files.entrySet()),
        e -> {
          out.text(e.getKey());
          e.getValue().write(out);
        });
    FootprintsCodec.write(footprints, out);
    return out.toBytes();
  }

  /**
   * What {@link #encode} wrote.
   *
   * @param settled the values, which are kept elsewhere
   */
  static JudgedFiles decode(byte[] bytes, Supplier<SettledValues> settled) {
    FactsReader in = new FactsReader(bytes, Sharing.none());
    String builds = in.text();
    boolean hangsOnLocks = in.number() == 1;
    List<String> rules = in.list(() -> in.text());
    int[] answers = {rules.size()};
    SortedMap<String, Judged> files = new TreeMap<>();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      files.put(in.text(), Judged.read(in, answers));
    }
    return new JudgedFiles(
        /* isWhole= */ true, rules, files, FootprintsCodec.read(in), builds, hangsOnLocks, settled);
  }
}
