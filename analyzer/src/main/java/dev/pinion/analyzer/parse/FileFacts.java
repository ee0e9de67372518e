// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;
import java.util.function.Supplier;

/** What the preparation learns about a file besides its prepared text; see {@link ParsedUnit}. */
record FileFacts(
    List<Include> includes,
    Supplier<List<MacroDefinition>> macros,
    List<MacroInvocation> invocations,
    List<CleanupVariable> cleanups,
    List<LockAnnotation> lockAnnotations,
    List<SkippedArm> skippedArms) {
  FileFacts {
    includes = List.copyOf(includes);
    invocations = List.copyOf(invocations);
    cleanups = List.copyOf(cleanups);
    lockAnnotations = List.copyOf(lockAnnotations);
    skippedArms = List.copyOf(skippedArms);
  }

  static FileFacts none() {
    return new FileFacts(List.of(), List::of, List.of(), List.of(), List.of(), List.of());
  }
}
