// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.Map;

/** What the kinds of fact that the engine keeps in a store are called, for people. */
public final class StoredKinds {
  private static final Map<Integer, String> NAMES =
      Map.of(
          CodeFacts.KIND.tag(), "facts",
          BuildFacts.MAKEFILES.tag(), "makefiles",
          BuildFacts.KCONFIGS.tag(), "kconfigs",
          ScanMemory.LEDGER.tag(), "ledgers",
          ScanMemory.VERDICT.tag(), "verdicts",
          TreeBodies.KIND.tag(), "bodies",
          IndexMemory.INDEX.tag(), "indexes",
          LockMemory.LOCKS.tag(), "locks",
          JudgedMemory.JUDGED.tag(), "footprints",
          JudgedMemory.SETTLED.tag(), "tables");

  private StoredKinds() {}

  /** The name of the kind with this tag. */
  public static String name(int tag) {
    return NAMES.getOrDefault(tag, "kind " + tag);
  }
}
