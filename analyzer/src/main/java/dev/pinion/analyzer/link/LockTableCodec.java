// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.LockEffectCodec;
import dev.pinion.analyzer.facts.Sharing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lock tables as bytes: the first round, and of each other one what it says differently. */
public final class LockTableCodec {
  private LockTableCodec() {}

  /** Equal bytes for equal tables. */
  public static byte[] encode(LockTable table) {
    FactsWriter out = new FactsWriter();
    out.list(table.names().stream().sorted().toList(), out::text);
    out.number(table.rounds().size());
    LockRound last = LockRound.empty();
    for (LockRound round : table.rounds()) {
      List<FunctionRef> others = new ArrayList<>(round.differences(last));
      others.sort(null);
      out.list(
          others,
          f -> {
            out.text(f.file());
            out.number(f.index());
            out.text(f.name());
            out.list(round.of(f), e -> LockEffectCodec.write(e, out));
          });
      last = round;
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static LockTable decode(byte[] bytes) {
    FactsReader in = new FactsReader(bytes, Sharing.none());
    Set<String> names = new HashSet<>(in.list(in::text));
    int count = in.number();
    List<LockRound> rounds = new ArrayList<>(count);
    Map<LockEffect, LockEffect> same = new HashMap<>();
    for (int i = 0; i < count; i++) {
      LockRound round = i == 0 ? LockRound.empty() : rounds.get(i - 1).copy();
      int others = in.number();
      for (int k = 0; k < others; k++) {
        String file = in.text();
        FunctionRef function = new FunctionRef(file, in.number(), in.text());
        List<LockEffect> effects =
            in.list(() -> same.computeIfAbsent(LockEffectCodec.read(in), e -> e));
        round.put(function, List.copyOf(effects));
      }
      rounds.add(round);
    }
    return new LockTable(rounds, names);
  }
}
