// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For which rules the functions of a file are candidates, asked of a few functions at a time. There
 * are three quarters of a million functions in a kernel: a note for each on what that hangs on
 * takes more memory than all that is known of them, and to ask eight again where one would do costs
 * little.
 *
 * @param count how many groups a file has; a power of two
 */
record CandidateGroups(int count) {
  private static final int FUNCTIONS = 8;

  /**
   * The key under which the program remembers for which of these rules functions are candidates.
   */
  record Asks(List<FunctionRef> functions, List<String> rules) {
    Asks {
      functions = List.copyOf(functions);
    }
  }

  /**
   * The functions of a group of which there is anything to tell.
   *
   * @param of in the order of the file
   */
  record Group(Map<FunctionRef, FunctionRun.Candidates> of) {
    static final Group NOBODY = new Group(Map.of());
  }

  /** Those of a file with so many functions. */
  static CandidateGroups ofFunctions(int functions) {
    return new CandidateGroups(Integer.highestOneBit(Math.max(1, functions / FUNCTIONS)));
  }

  /** The group of a function, whatever else the file has, by what it is known by there. */
  int of(String key) {
    return ((key.hashCode() * 0x9e3779b9) >>> 16) & (count - 1);
  }

  /** What is asked about each group of a file, in order. */
  static List<Asks> asks(String path, List<String> rules, Program program) {
    List<FunctionRef> functions = program.functionsIn(path);
    CandidateGroups groups = ofFunctions(functions.size());
    List<List<FunctionRef>> members = new ArrayList<>(groups.count());
    for (int i = 0; i < groups.count(); i++) {
      members.add(new ArrayList<>(2 * FUNCTIONS));
    }
    functions.forEach(f -> members.get(groups.of(program.key(f))).add(f));
    return members.stream().map(m -> new Asks(m, rules)).toList();
  }

  /** The functions of a file of which there is anything to tell, by group. */
  static Map<FunctionRef, FunctionRun.Candidates> in(
      String path, List<Rule> rules, List<String> ids, Program program) {
    Map<FunctionRef, FunctionRun.Candidates> all = new LinkedHashMap<>();
    for (Asks group : asks(path, ids, program)) {
      all.putAll(program.memo(group, () -> find(group, rules, program)).of());
    }
    return all;
  }

  private static Group find(Asks asks, List<Rule> rules, Program program) {
    Map<FunctionRef, FunctionRun.Candidates> found = new LinkedHashMap<>();
    for (FunctionRef function : asks.functions()) {
      FunctionRun.Candidates candidates =
          FunctionRun.candidates(function, rules, asks.rules(), program);
      if (!candidates.equals(FunctionRun.Candidates.NONE)) {
        found.put(function, candidates);
      }
    }
    return found.isEmpty() ? Group.NOBODY : new Group(found);
  }
}
