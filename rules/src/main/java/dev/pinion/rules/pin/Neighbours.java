// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.ModuleMap.Kind;
import dev.pinion.analyzer.link.Program;

/** Which files belong together: those of a module; in the kernel image, those of a folder. */
final class Neighbours {
  private final ModuleMap modules;

  private Neighbours(Program program) {
    this.modules = ModuleMap.of(program);
  }

  static Neighbours of(Program program) {
    return program.memo(Neighbours.class, () -> new Neighbours(program));
  }

  boolean areNeighbours(String a, String b) {
    return modules.sameModule(a, b)
        || (folder(a).equals(folder(b))
            && modules.kindOf(a) != Kind.LOADABLE
            && modules.kindOf(b) != Kind.LOADABLE);
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
