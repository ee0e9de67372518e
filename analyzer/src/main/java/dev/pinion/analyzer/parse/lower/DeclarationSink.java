// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Declarations.Global;
import dev.pinion.analyzer.ir.Declarations.Include;
import dev.pinion.analyzer.ir.Declarations.Invocation;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Declarations.Prototype;
import dev.pinion.analyzer.ir.Declarations.Struct;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a file declares, at file level and inside functions. */
final class DeclarationSink {
  private final List<Struct> structs = new ArrayList<>();
  private final Set<Typedef> typedefs = new LinkedHashSet<>();
  private final List<Global> globals = new ArrayList<>();
  private final Set<Prototype> prototypes = new LinkedHashSet<>();

  void struct(Struct struct) {
    structs.add(struct);
  }

  void typedef(Typedef typedef) {
    typedefs.add(typedef);
  }

  void global(Global global) {
    globals.add(global);
  }

  void prototype(Prototype prototype) {
    prototypes.add(prototype);
  }

  Declarations declarations(
      List<Include> includes, List<Macro> macros, List<Invocation> invocations) {
    structs.sort(Comparator.comparing(Struct::position));
    globals.sort(Comparator.comparing(Global::position));
    return new Declarations(
        includes,
        structs,
        List.copyOf(typedefs),
        globals,
        List.copyOf(prototypes),
        macros,
        invocations);
  }
}
