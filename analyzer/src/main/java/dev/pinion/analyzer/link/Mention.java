// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileFacts;
import java.util.List;

/** A place where a name is used as a value. */
sealed interface Mention {
  String file();

  record InTable(String file, FileFacts.GlobalFacts table, int entry) implements Mention {
    String field() {
      return table.entries().get(entry).field();
    }
  }

  record Stored(String file, TypedPath target) implements Mention {}

  record Passed(String file, String callee, int argument, List<String> constants)
      implements Mention {}

  /** Inside of something larger that a file-level macro is given. */
  record InText(String file, String macro) implements Mention {}

  /** In what a macro is made of. */
  record InMacro(String file, String macro) implements Mention {}
}
