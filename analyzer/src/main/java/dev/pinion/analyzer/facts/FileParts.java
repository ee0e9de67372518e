// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What of one file's facts can be looked at without the rest: what it has under a term, the facts
 * of one function, a list of its declarations. Whoever looked at one part is not concerned by a
 * change of another. Parts go by numbers; two may have the same, which is told as a change of both.
 *
 * <p>A function is known by its name, and by how many of that name stand before it, so that one
 * which is added changes no part but its own.
 */
public final class FileParts implements FileTerms.Sink {
  /** The heads of all functions, in order. */
  public static final int FUNCTIONS = number("functions");

  public static final int INCLUDES = number("includes");
  public static final int GLOBALS = number("globals");

  /** The operations of all functions, in order. */
  public static final int OPERATIONS = number("operations");

  public static final int MACROS = number("macros");
  public static final int INVOCATIONS = number("invocations");

  private final Map<Integer, List<Object>> parts = new HashMap<>();

  private final Form form;
  private final List<String> keys;
  private int next;
  private Object within = "";

  /** What counts as the same. */
  public enum Form {
    /** What stands in the same place. */
    EXACT,
    /** What is the same but for the lines it stands on, in the same order. */
    ORDERED
  }

  /** Something in a function. */
  private record Within(Object function, Object item) {}

  /** A function by its place. */
  private record Nth(int place, String key) {}

  private FileParts(FileFacts facts, Form form) {
    this.form = form;
    this.keys = keys(facts);
    put(FUNCTIONS, facts.functions().stream().map(FunctionHead::of).toList());
    put(INCLUDES, facts.includes());
    put(GLOBALS, facts.globals());
    put(MACROS, facts.macros());
    put(INVOCATIONS, facts.invocations());
    FileTerms.forEach(facts, this);
  }

  /** The number of a part that has that name. */
  private static int number(String name) {
    int hash = name.hashCode() * 0x9e3779b9;
    hash ^= hash >>> 16;
    return hash * 0x7feb352d;
  }

  /** What the functions of a file are known by, in their order. */
  public static List<String> keys(FileFacts facts) {
    List<String> keys = new ArrayList<>(facts.functions().size());
    Map<String, Integer> count = new HashMap<>();
    for (FunctionFacts function : facts.functions()) {
      int before = count.merge(function.name(), 1, Integer::sum) - 1;
      keys.add(before == 0 ? function.name() : function.name() + "#" + before);
    }
    return keys;
  }

  /** The part that is all facts of a function. */
  public static int function(String key) {
    return number("function " + key);
  }

  /** The part that is a function's parameters. */
  public static int parameters(String key) {
    return number("parameters of " + key);
  }

  /** The part that is what a function returns. */
  public static int returnType(String key) {
    return number("return type of " + key);
  }

  /** The part that is a function's operations. */
  public static int operations(String key) {
    return number("operations of " + key);
  }

  /** The part that is the names that a function calls. */
  public static int callees(String key) {
    return number("callees of " + key);
  }

  /** The part that is a function's body, of which facts tell little. */
  public static int body(String key) {
    return number("body of " + key);
  }

  @Override
  public void begin(FunctionFacts function) {
    String key = keys.get(next);
    within = form == Form.EXACT ? new Nth(next, key) : key;
    next++;
    put(function(key), function);
    put(parameters(key), function.parameters());
    put(returnType(key), function.returnType());
    put(operations(key), function.operations());
    put(callees(key), function.callees());
    function.operations().forEach(o -> put(OPERATIONS, o));
  }

  @Override
  public void put(int term, Object item) {
    parts
        .computeIfAbsent(term, t -> new ArrayList<>(2))
        .add(next == 0 ? item : new Within(within, item));
  }

  /** The numbers of the parts in which two files differ; linear in their facts. */
  public static Set<Integer> different(FileFacts before, FileFacts now, Form form) {
    Map<Integer, List<Object>> old = of(before, form);
    Map<Integer, List<Object>> all = of(now, form);
    Set<Integer> numbers = new HashSet<>(old.keySet());
    numbers.addAll(all.keySet());
    numbers.removeIf(n -> Objects.equals(old.get(n), all.get(n)));
    return numbers;
  }

  private static Map<Integer, List<Object>> of(FileFacts facts, Form form) {
    return new FileParts(form == Form.EXACT ? facts : facts.ordered(), form).parts;
  }
}
