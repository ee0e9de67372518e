// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockEffect;

/** What a call leaves behind, as bytes. */
public final class LockEffectCodec {
  private static final LockEffect.Kind[] KINDS = LockEffect.Kind.values();
  private static final LockEffect.When[] WHENS = LockEffect.When.values();
  private static final HeldLock.Mode[] MODES = HeldLock.Mode.values();

  private LockEffectCodec() {}

  /** Writes an effect. */
  public static void write(LockEffect effect, FactsWriter out) {
    out.constant(effect.kind());
    out.number(effect.lock().parameter() + 1);
    out.text(effect.lock().global());
    out.list(effect.lock().steps(), out::step);
    out.constant(effect.mode());
    out.text(effect.flavour());
    out.constant(effect.when());
  }

  /** Reads what {@link #write} wrote. */
  public static LockEffect read(FactsReader in) {
    return new LockEffect(
        in.constant(KINDS),
        new LockEffect.Place(in.number() - 1, in.text(), in.list(in::step)),
        in.constant(MODES),
        in.text(),
        in.constant(WHENS));
  }
}
