// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.ModuleMap.Kind;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

  /** Whether a function of that name is defined in the file or a neighbour of it. */
  boolean define(String function, String file, Program program) {
    return program
        .memo(List.of("Neighbours.functions", file), () -> functions(file, program))
        .contains(function);
  }

  private Set<String> functions(String file, Program program) {
    SortedSet<String> files = new TreeSet<>(program.pathsIn(folder(file)));
    modules.modulesOf(file).forEach(m -> files.addAll(modules.filesOf(m, program)));
    return files.stream()
        .filter(f -> areNeighbours(f, file))
        .flatMap(f -> program.functionsIn(f).stream())
        .map(FunctionRef::name)
        .collect(Collectors.toSet());
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
