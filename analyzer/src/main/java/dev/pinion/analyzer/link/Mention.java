// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A place where a name is used as a value. */
sealed interface Mention {
  String file();

  /** The names that a file uses as values, and where; linear in its facts. */
  static Map<String, List<Mention>> in(String path, FileFacts facts) {
    Map<String, List<Mention>> all = new HashMap<>();
    for (FileFacts.GlobalFacts table : facts.globals()) {
      for (int i = 0; i < table.entries().size(); i++) {
        put(all, table.entries().get(i).symbol(), new InTable(path, table, i));
      }
    }
    for (Declarations.Invocation invocation : facts.invocations()) {
      for (int i = 0; i < invocation.arguments().size(); i++) {
        String argument = invocation.arguments().get(i);
        put(all, argument, new Passed(path, invocation.name(), i, List.of()));
      }
    }
    for (FunctionFacts function : facts.functions()) {
      for (FunctionFacts.FunctionStore s : function.functionStores()) {
        put(all, s.name(), new Stored(path, s.target()));
      }
      for (FunctionFacts.Reference r : function.references()) {
        put(all, r.name(), new Passed(path, r.callee(), r.argument(), r.constants()));
      }
    }
    return all;
  }

  private static void put(Map<String, List<Mention>> into, String name, Mention mention) {
    into.computeIfAbsent(name, n -> new ArrayList<>(1)).add(mention);
  }

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
