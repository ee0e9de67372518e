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
    Map<FunctionRef, List<LockEffect>> last = Map.of();
    for (Map<FunctionRef, List<LockEffect>> round : table.rounds()) {
      Map<FunctionRef, List<LockEffect>> before = last;
      List<FunctionRef> others = new ArrayList<>();
      round.forEach(
          (f, effects) -> {
            if (!effects.equals(before.get(f))) {
              others.add(f);
            }
          });
      before.keySet().stream().filter(f -> !round.containsKey(f)).forEach(others::add);
      others.sort(null);
      out.list(
          others,
          f -> {
            out.text(f.file());
            out.number(f.index());
            out.text(f.name());
            out.list(round.getOrDefault(f, List.of()), e -> LockEffectCodec.write(e, out));
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
    List<Map<FunctionRef, List<LockEffect>>> rounds = new ArrayList<>(count);
    Map<LockEffect, LockEffect> same = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Map<FunctionRef, List<LockEffect>> round =
          i == 0 ? new HashMap<>() : new HashMap<>(rounds.get(i - 1));
      int others = in.number();
      for (int k = 0; k < others; k++) {
        String file = in.text();
        FunctionRef function = new FunctionRef(file, in.number(), in.text());
        List<LockEffect> effects =
            in.list(() -> same.computeIfAbsent(LockEffectCodec.read(in), e -> e));
        if (effects.isEmpty()) {
          round.remove(function);
        } else {
          round.put(function, List.copyOf(effects));
        }
      }
      rounds.add(round);
    }
    return new LockTable(rounds, names);
  }
}
