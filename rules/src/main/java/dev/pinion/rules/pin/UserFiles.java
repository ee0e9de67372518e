// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who gets files from numbers that user space names, and to whom they are passed. */
record UserFiles(
    SortedSet<FunctionRef> getters, SortedMap<FunctionRef, SortedSet<FunctionRef>> receivers) {
  static UserFiles of(Program program) {
    return program.settled(UserFiles.class, () -> find(program));
  }

  private static UserFiles find(Program program) {
    UserFiles all = new UserFiles(new TreeSet<>(), new TreeMap<>());
    for (Api api : program.model().family("object")) {
      if (api.is("from-fd")) {
        all.getters().addAll(program.functionsCalling(api.name()));
      }
    }
    for (FunctionRef getter : all.getters()) {
      for (String callee : program.callees(getter)) {
        if (program.model().find("object", callee).isEmpty()) {
          program
              .resolve(callee, getter.file())
              .filter(f -> !f.equals(getter) && takesFile(f, program))
              .ifPresent(f -> all.receivers().computeIfAbsent(f, r -> new TreeSet<>()).add(getter));
        }
      }
    }
    return all;
  }

  private static boolean takesFile(FunctionRef function, Program program) {
    return program.parameters(function).stream()
        .anyMatch(p -> p.type().pointers() == 1 && types(program).contains(p.type().name()));
  }

  private static List<String> types(Program program) {
    List<String> all = new ArrayList<>();
    for (Api api : program.model().family("object")) {
      if (api.is("from-fd") && api.texts().containsKey("of")) {
        all.add(api.texts().get("of"));
      }
    }
    return all;
  }

  /** The member with what only the file's own operations know. */
  static String data(Program program) {
    return text("data", program);
  }

  /** The member with those operations. */
  static String operations(Program program) {
    return text("by", program);
  }

  private static String text(String key, Program program) {
    for (Api api : program.model().family("object")) {
      if (api.is("from-fd") && api.texts().containsKey(key)) {
        return api.texts().get(key);
      }
    }
    return "";
  }
}
