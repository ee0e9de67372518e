// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.facts.KbuildFacts.Assignment;
import dev.pinion.analyzer.facts.KbuildFacts.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Makefiles and Kconfig files into facts. Total: what it cannot read it leaves out. */
public final class KbuildReader {
  /** Variables that never name the objects of a module. */
  private static final Pattern UNINTERESTING =
      Pattern.compile(
          "(?i).*(flags|cmd_).*|(?:targets|clean-files|hostprogs|PHONY|always|extra|header|dtb|"
              + "dtbo|userprogs|generated|generic|mandatory)(?:-.*)?");

  private static final Pattern CONFIG =
      Pattern.compile("^\\s*(?:menu)?config\\s+([A-Za-z0-9_]+)\\s*(?:#.*)?$");
  private static final Pattern TYPE =
      Pattern.compile("^\\s+(bool|tristate|def_bool|def_tristate|int|hex|string)\\b.*$");
  private static final Map<String, KbuildFacts.Type> TYPES =
      Map.of(
          "bool", KbuildFacts.Type.BOOL,
          "def_bool", KbuildFacts.Type.BOOL,
          "tristate", KbuildFacts.Type.TRISTATE,
          "def_tristate", KbuildFacts.Type.TRISTATE);

  private KbuildReader() {}

  /** The facts of a Makefile, Kbuild or a file that one includes. */
  public static KbuildFacts makefile(String text) {
    List<Assignment> assignments = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    boolean recipe = false;
    boolean define = false;
    int number = 0;
    List<String> lines = text.lines().toList();
    while (number < lines.size()) {
      int first = number + 1;
      String line = lines.get(number++);
      boolean tab = line.startsWith("\t");
      StringBuilder logical = new StringBuilder();
      while (line.endsWith("\\") && number < lines.size()) {
        logical.append(line, 0, line.length() - 1).append(' ');
        line = lines.get(number++);
      }
      String whole = braces(withoutComment(logical.append(line).toString())).strip();
      if (define) {
        define = !whole.equals("endef");
      } else if (whole.startsWith("define ")) {
        define = true;
      } else if (!whole.isEmpty() && !(tab && recipe)) {
        recipe = isRule(whole);
        statement(whole, first, assignments, includes);
      }
    }
    return new KbuildFacts(assignments, includes, List.of());
  }

  private static void statement(
      String line, int number, List<Assignment> assignments, List<String> includes) {
    if (line.startsWith("include ") || line.startsWith("-include ")) {
      includes.addAll(words(line.substring(line.indexOf(' '))));
      return;
    }
    int equals = operator(line);
    if (equals < 0) {
      return;
    }
    int end = equals;
    while (end > 0 && "+:?".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    String variable = line.substring(0, end).strip();
    if (variable.startsWith("export ") || variable.startsWith("override ")) {
      variable = variable.substring(variable.indexOf(' ')).strip();
    }
    List<String> words = words(line.substring(equals + 1));
    if (!words.isEmpty() && !UNINTERESTING.matcher(variable).matches()) {
      assignments.add(new Assignment(variable, words, number));
    }
  }

  /** Position of the {@code =} of an assignment, or -1: the line is a rule, or something else. */
  private static int operator(String line) {
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      depth += depthChange(c);
      if (depth > 0) {
        continue;
      }
      if (c == '=') {
        return i;
      }
      if (c == ':' && !line.startsWith("=", i + 1) && !line.startsWith(":=", i + 1)) {
        return -1;
      }
    }
    return -1;
  }

  /** {@code ${X}} is {@code $(X)}. */
  private static String braces(String line) {
    return line.contains("${") ? line.replace("${", "$(").replace('}', ')') : line;
  }

  private static boolean isRule(String line) {
    return operator(line) < 0 && line.indexOf(':') > 0;
  }

  private static int depthChange(char c) {
    return c == '(' ? 1 : c == ')' ? -1 : 0;
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    while (hash > 0 && line.charAt(hash - 1) == '\\') {
      hash = line.indexOf('#', hash + 1);
    }
    return hash < 0 ? line : line.substring(0, hash);
  }

  /** Splits at blanks outside of {@code $(…)}. */
  private static List<String> words(String text) {
    List<String> all = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth = Math.max(0, depth + depthChange(c));
      if (depth == 0 && Character.isWhitespace(c)) {
        if (word.length() > 0) {
          all.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(Character.isWhitespace(c) ? ' ' : c);
      }
    }
    if (word.length() > 0) {
      all.add(word.toString());
    }
    return all;
  }

  /** The facts of a Kconfig file. */
  public static KbuildFacts kconfig(String text) {
    List<Symbol> symbols = new ArrayList<>();
    Optional<String> open = Optional.empty();
    int number = 0;
    int line = 0;
    for (String source : text.lines().toList()) {
      number++;
      Matcher config = CONFIG.matcher(source);
      if (config.matches()) {
        open = Optional.of(config.group(1));
        line = number;
        continue;
      }
      Matcher type = TYPE.matcher(source);
      if (open.isPresent() && type.matches()) {
        symbols.add(
            new Symbol(
                open.get(), TYPES.getOrDefault(type.group(1), KbuildFacts.Type.OTHER), line));
        open = Optional.empty(); // The help text may contain such words too.
      }
    }
    return new KbuildFacts(List.of(), List.of(), symbols);
  }
}
