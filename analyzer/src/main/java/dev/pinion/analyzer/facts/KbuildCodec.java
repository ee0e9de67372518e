// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.facts.KbuildFacts.Assignment;
import dev.pinion.analyzer.facts.KbuildFacts.Symbol;

/** Facts of the build as bytes and back; under {@link FactsCodec#VERSION} like all facts. */
public final class KbuildCodec {
  private static final KbuildFacts.Type[] TYPES = KbuildFacts.Type.values();

  private KbuildCodec() {}

  public static byte[] encode(KbuildFacts facts) {
    FactsWriter out = new FactsWriter();
    out.list(
        facts.assignments(),
        a -> {
          out.text(a.variable());
          out.list(a.words(), out::text);
          out.number(a.line());
        });
    out.list(facts.includes(), out::text);
    out.list(
        facts.symbols(),
        s -> {
          out.text(s.name());
          out.constant(s.type());
          out.number(s.line());
        });
    return out.toBytes();
  }

  /**
   * @param sharing keeps equal values once
   * @throws RuntimeException if the bytes are not what {@link #encode} wrote
   */
  public static KbuildFacts decode(byte[] bytes, Sharing sharing) {
    FactsReader in = new FactsReader(bytes, sharing);
    KbuildFacts facts =
        new KbuildFacts(
            in.list(() -> new Assignment(in.text(), in.list(in::text), in.number())),
            in.list(in::text),
            in.list(() -> new Symbol(in.text(), in.constant(TYPES), in.number())));
    if (!in.atEnd()) {
      throw new IllegalArgumentException("build facts have bytes left over");
    }
    return facts;
  }
}
