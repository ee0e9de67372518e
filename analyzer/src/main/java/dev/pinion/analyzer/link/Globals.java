// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.Function;

/** Global variables under names that mean the same everywhere. */
public final class Globals {
  private Globals() {}

  /** The name itself, or {@code name@file} for a static variable of that file. */
  public static String name(Program program, String name, String file) {
    return isStatic(program, name, file) ? name + "@" + file : name;
  }

  /** Whether the file has a static variable of that name. */
  static boolean isStatic(Program program, String name, String file) {
    for (FileFacts.GlobalFacts g : program.linked(file).globals(name)) {
      if (g.linkage() != Function.Linkage.GLOBAL) {
        return true;
      }
    }
    return false;
  }
}
