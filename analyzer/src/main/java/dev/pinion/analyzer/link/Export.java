// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import java.util.Comparator;

/**
 * One export of a symbol.
 *
 * @param symbol its name
 * @param license to whom it is offered
 * @param namespace the namespace it stands in; empty for none
 * @param macro the macro that the source spells, {@code EXPORT_SYMBOL_GPL}
 * @param location where it stands
 */
public record Export(
    String symbol, License license, String namespace, String macro, Location location)
    implements Comparable<Export> {
  private static final Comparator<Export> ORDER =
      Comparator.comparing(Export::symbol)
          .thenComparing(Export::location)
          .thenComparing(Export::license)
          .thenComparing(Export::namespace)
          .thenComparing(Export::macro);

  /** To whom a symbol is offered. */
  public enum License {
    GPL,
    ANY
  }

  @Override
  public int compareTo(Export other) {
    return ORDER.compare(this, other);
  }
}
