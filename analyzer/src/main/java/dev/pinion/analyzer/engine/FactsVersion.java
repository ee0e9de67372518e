// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactsCodec;
import java.util.List;

/**
 * Names what computes facts, so that a store never serves facts to an analyzer that would compute
 * others: the codec's version and a checksum of the code below the facts. Whoever changes a parser
 * and forgets a version number gets a cold store, not a wrong result.
 */
public final class FactsVersion {
  private static final String PACKAGES = "dev/pinion/analyzer/";

  /** Packages above the facts, or beside them; a change there leaves facts as they are. */
  private static final List<String> IRRELEVANT =
      List.of("atlas/", "engine/", "evidence/", "link/", "query/", "rule/", "source/", "store/");

  private FactsVersion() {}

  /** The version for {@link dev.pinion.analyzer.store.FactStore#open}. */
  public static String current() {
    return FactsCodec.VERSION + "-" + CodeChecksum.of(FactsCodec.class, FactsVersion::isRelevant);
  }

  private static boolean isRelevant(String name) {
    return name.startsWith(PACKAGES)
        && !name.endsWith("/")
        && IRRELEVANT.stream().noneMatch(p -> name.startsWith(p, PACKAGES.length()));
  }
}
