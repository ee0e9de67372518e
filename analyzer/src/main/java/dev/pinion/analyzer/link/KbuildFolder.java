// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildFacts.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The build of one folder: its Kbuild or Makefile with all that it includes, and the values of
 * variables there. Order and conditionals are ignored: a variable has all words it gets anywhere,
 * so that every configuration is covered at once.
 */
final class KbuildFolder {
  private static final int MAX_DEPTH = 16;

  /** nouveau's Kbuild includes about eighty others. */
  private static final int MAX_INCLUDES = 1000;

  /** What can make an object conditional on the value of a symbol. */
  private static final List<String> SUFFIXES = List.of("-objs", "-y", "-m");

  private final String folder;
  private final SortedMap<String, KbuildFacts> builds;
  private final List<Assignment> assignments = new ArrayList<>();
  private final Map<String, List<Assignment>> byVariable = new HashMap<>();
  private final Map<String, List<Assignment>> byStem = new LinkedHashMap<>();

  /**
   * @param folder path without trailing slash; empty for the root
   * @param file the Makefile or Kbuild in it
   */
  KbuildFolder(String folder, String file, SortedMap<String, KbuildFacts> builds) {
    this.folder = folder;
    this.builds = builds;
    read(file, new HashSet<>());
  }

  private void read(String file, Set<String> seen) {
    KbuildFacts facts = builds.get(file);
    if (facts == null || seen.size() > MAX_INCLUDES || !seen.add(file)) {
      return;
    }
    for (Assignment a : facts.assignments()) {
      assignments.add(a);
      byVariable.computeIfAbsent(a.variable(), v -> new ArrayList<>(2)).add(a);
      byStem.computeIfAbsent(stem(a.variable()), v -> new ArrayList<>(2)).add(a);
    }
    for (String include : facts.includes()) {
      for (String word : split(expand(include, 0))) {
        read(path(word), seen);
      }
    }
  }

  List<Assignment> assignments() {
    return assignments;
  }

  /** {@code kvm} for {@code kvm-y}, {@code kvm-objs} and {@code kvm-$(CONFIG_KVM_VFIO)}. */
  private static String stem(String variable) {
    int reference = variable.indexOf("$(");
    String name = reference < 0 ? variable : variable.substring(0, reference);
    if (reference >= 0 && name.endsWith("-")) {
      name = name.substring(0, name.length() - 1);
    }
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  /** The assignments that list the parts of a composite object; empty if it is no composite. */
  List<Assignment> partsOf(String object) {
    return byStem.getOrDefault(object, List.of()).stream()
        .filter(a -> !a.variable().equals(object))
        .toList();
  }

  /** The words of an assignment with all references replaced. */
  List<String> words(Assignment assignment) {
    List<String> all = new ArrayList<>();
    for (String word : assignment.words()) {
      all.addAll(split(expand(word, 0)));
    }
    return all;
  }

  /** A word as a path from the tree's root. */
  String path(String word) {
    if (word.indexOf('/') < 0 && word.indexOf('.') != 0 && !word.isEmpty()) {
      return folder.isEmpty() ? word : folder + "/" + word;
    }
    boolean absolute = word.startsWith("/");
    List<String> parts = new ArrayList<>();
    String whole = absolute || folder.isEmpty() ? word : folder + "/" + word;
    for (String part : whole.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private String expand(String text, int depth) {
    int start = text.indexOf("$(");
    if (start < 0 || depth > MAX_DEPTH) {
      return start < 0 ? text : "";
    }
    int end = closing(text, start + 2);
    String rest = end < text.length() ? text.substring(end + 1) : "";
    String value = value(text.substring(start + 2, Math.min(end, text.length())), depth + 1);
    return text.substring(0, start) + value + expand(rest, depth + 1);
  }

  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  private String value(String reference, int depth) {
    int blank = reference.indexOf(' ');
    if (blank > 0) {
      return call(reference.substring(0, blank), reference.substring(blank + 1), depth);
    }
    return switch (reference) {
      case "src" -> "/" + folder;
      case "obj" -> ".";
      case "srctree", "objtree" -> "/";
      default -> {
        int colon = reference.indexOf(':');
        int equals = reference.indexOf('=', Math.max(colon, 0));
        yield colon > 0 && equals > 0
            ? each(
                variable(reference.substring(0, colon), depth),
                w ->
                    substitute(
                        w, reference.substring(colon + 1, equals), reference.substring(equals + 1)))
            : variable(reference, depth);
      }
    };
  }

  /** One word of {@code $(X:%.c=%.o)} or {@code $(X:.c=.o)}; as it is if the pattern is another. */
  private static String substitute(String word, String from, String to) {
    String pattern = from.contains("%") ? from : "%" + from;
    String result = to.contains("%") || from.contains("%") ? to : "%" + to;
    int percent = pattern.indexOf('%');
    String before = pattern.substring(0, percent);
    String after = pattern.substring(percent + 1);
    boolean fits =
        word.length() >= before.length() + after.length()
            && word.startsWith(before)
            && word.endsWith(after);
    return fits
        ? result.replace("%", word.substring(before.length(), word.length() - after.length()))
        : word;
  }

  private String variable(String name, int depth) {
    List<Assignment> all = new ArrayList<>(byVariable.getOrDefault(name, List.of()));
    if (name.endsWith("-y") || name.endsWith("-m")) {
      String prefix = name.substring(0, name.length() - 1) + "$(";
      assignments.stream().filter(a -> a.variable().startsWith(prefix)).forEach(all::add);
    }
    StringBuilder words = new StringBuilder();
    for (Assignment a : all) {
      for (String word : a.words()) {
        words.append(words.length() == 0 ? "" : " ").append(expand(word, depth));
      }
    }
    return words.toString();
  }

  private String call(String function, String text, int depth) {
    List<String> arguments = arguments(text);
    String last = expand(arguments.get(arguments.size() - 1), depth);
    String first = expand(arguments.get(0), depth).strip();
    return switch (function) {
      case "addprefix" -> each(last, w -> first + w);
      case "addsuffix" -> each(last, w -> w + first);
      case "sort", "strip", "filter-out", "filter" -> last;
      default -> "";
    };
  }

  private static List<String> arguments(String text) {
    List<String> all = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        all.add(text.substring(start, i));
        start = i + 1;
      }
    }
    all.add(text.substring(start));
    return all;
  }

  private static String each(String words, java.util.function.UnaryOperator<String> change) {
    StringBuilder all = new StringBuilder();
    for (String word : split(words)) {
      all.append(all.length() == 0 ? "" : " ").append(change.apply(word));
    }
    return all.toString();
  }

  /** The words of a text; of a kernel's Makefiles nearly all texts are one. */
  private static List<String> split(String text) {
    List<String> words = new ArrayList<>(1);
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || Character.isWhitespace(text.charAt(i))) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }
}
