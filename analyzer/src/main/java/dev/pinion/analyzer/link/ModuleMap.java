// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildFacts.Assignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which file is linked into which module, over all configurations at once: {@code obj-y}, {@code
 * obj-m} and {@code obj-$(CONFIG_X)} lines, composite objects, and what Kconfig says of the symbol.
 * A file may be part of several modules ({@code virt/kvm/kvm_main.c} of each architecture's kvm).
 */
public final class ModuleMap {
  private static final Pattern SYMBOL = Pattern.compile("CONFIG_([A-Za-z0-9_]+)");

  /** How the name of a file ends that an object is made of. */
  private static final List<String> SOURCES = List.of(".c", ".c_shipped", ".h_shipped");

  private static final SortedSet<String> NONE = new TreeSet<>();

  /** Whether a module can go away while the kernel runs. */
  public enum Kind {
    /** Only ever part of the kernel image. */
    BUILT_IN,
    /** Some configuration builds it as a module, which can be unloaded. */
    LOADABLE,
    /** The symbol behind it has no known type. */
    UNKNOWN
  }

  /**
   * A module, or an object that is only ever built in.
   *
   * @param name as the build names it, without {@code .o}
   * @param folder the folder whose Makefile makes it
   * @param line where it says so
   */
  public record Module(String name, String folder, Kind kind, String makefile, int line)
      implements Comparable<Module> {
    private static final Comparator<Module> ORDER =
        Comparator.comparing(Module::name)
            .thenComparing(Module::folder)
            .thenComparing(Module::kind)
            .thenComparing(Module::makefile)
            .thenComparingInt(Module::line);

    @Override
    public int compareTo(Module other) {
      return ORDER.compare(this, other);
    }

    private boolean isSame(Module other) {
      return name.equals(other.name) && folder.equals(other.folder);
    }
  }

  private final SortedMap<String, KbuildFacts> builds;
  private final Map<String, List<In>> symbols = new HashMap<>();

  /** What left sides say, by architecture: few differ. */
  private final Map<String, Map<String, Kind>> kinds = new HashMap<>();

  private final Map<String, SortedSet<Module>> byStem = new HashMap<>();

  /** What each module is made of: paths without what follows the last dot. */
  private final Map<String, SortedSet<String>> stems = new HashMap<>();

  /** A definition of a configuration symbol. */
  private record In(String file, KbuildFacts.Symbol symbol) {}

  private ModuleMap(Program program) {
    this.builds = program.builds();
    builds.forEach(
        (file, facts) ->
            facts
                .symbols()
                .forEach(
                    s ->
                        symbols
                            .computeIfAbsent(s.name(), n -> new ArrayList<>(1))
                            .add(new In(file, s))));
    for (String file : builds.keySet()) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      String folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
      String prefix = folder.isEmpty() ? "" : folder + "/";
      // A folder with both is built from its Kbuild.
      if (name.equals("Kbuild")
          || (name.equals("Makefile") && !builds.containsKey(prefix + "Kbuild"))) {
        add(folder, file);
      }
    }
  }

  /** The module map of a program, built once. */
  public static ModuleMap of(Program program) {
    return program.memo(ModuleMap.class, () -> new ModuleMap(program));
  }

  private void add(String folder, String file) {
    KbuildFolder build = new KbuildFolder(folder, file, builds);
    for (Assignment a : build.assignments()) {
      if (!listsObjects(a.variable())) {
        continue;
      }
      Kind kind =
          kinds
              .computeIfAbsent(architecture(folder), n -> new HashMap<>())
              .computeIfAbsent(a.variable(), v -> kind(v, folder));
      for (String word : build.words(a)) {
        if (word.endsWith(".o")) {
          String name = word.substring(0, word.length() - 2);
          addObject(build, new Module(base(name), folder, kind, file, a.line()), name);
        }
      }
    }
  }

  /** {@code obj-y}, {@code lib-m}, {@code obj-$(CONFIG_X)} and the like. */
  private static boolean listsObjects(String variable) {
    return (variable.startsWith("obj-") || variable.startsWith("lib-"))
        && (variable.startsWith("y", 4)
            || variable.startsWith("m", 4)
            || variable.startsWith("$(", 4));
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void addObject(KbuildFolder build, Module module, String name) {
    List<Assignment> parts = build.partsOf(name);
    if (parts.isEmpty()) {
      put(build.path(name), module);
      return;
    }
    for (Assignment part : parts) {
      for (String word : build.words(part)) {
        if (word.endsWith(".o")) {
          put(build.path(word.substring(0, word.length() - 2)), module);
        }
      }
    }
  }

  private void put(String stem, Module module) {
    byStem.computeIfAbsent(stem, s -> new TreeSet<>()).add(module);
    stems.computeIfAbsent(key(module), m -> new TreeSet<>()).add(stem);
  }

  /** What the left side of an {@code obj-…} line says of its objects. */
  private Kind kind(String variable, String folder) {
    if (variable.startsWith("lib-")
        || variable.contains("subst m,y")
        || variable.contains(":m=y")) {
      return Kind.BUILT_IN;
    }
    if (variable.startsWith("obj-m")) {
      return Kind.LOADABLE;
    }
    Matcher symbol = SYMBOL.matcher(variable);
    Kind kind = variable.startsWith("obj-y") ? Kind.BUILT_IN : Kind.UNKNOWN;
    while (symbol.find()) {
      Kind one = kindOfSymbol(symbol.group(1), folder);
      if (one == Kind.LOADABLE) {
        return one;
      }
      kind = kind == Kind.UNKNOWN ? one : kind;
    }
    return kind;
  }

  private Kind kindOfSymbol(String name, String folder) {
    List<In> all = symbols.getOrDefault(name, List.of());
    String architecture = architecture(folder);
    List<In> near =
        all.stream()
            .filter(
                i ->
                    architecture(i.file()).isEmpty() || architecture(i.file()).equals(architecture))
            .toList();
    List<In> meant = near.isEmpty() ? all : near;
    if (meant.stream().anyMatch(i -> i.symbol().type() == KbuildFacts.Type.TRISTATE)) {
      return Kind.LOADABLE;
    }
    return meant.stream().anyMatch(i -> i.symbol().type() == KbuildFacts.Type.BOOL)
        ? Kind.BUILT_IN
        : Kind.UNKNOWN;
  }

  /** {@code arch/x86/} of a path below it; empty for the rest of the tree. */
  private static String architecture(String path) {
    if (!path.startsWith("arch/")) {
      return "";
    }
    int end = path.indexOf('/', 5);
    return end < 0 ? path + "/" : path.substring(0, end + 1);
  }

  /** The modules that a source file is part of, sorted; empty if no Makefile says so. */
  public List<Module> modulesOf(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 || path.endsWith(".h")
        ? List.of()
        : List.copyOf(byStem.getOrDefault(path.substring(0, dot), new TreeSet<>()));
  }

  /** The name of the module a file is part of, the first if there are several. */
  public Optional<String> moduleOf(String path) {
    return modulesOf(path).stream().map(Module::name).findFirst();
  }

  /** Whether the two files are ever part of one module; a file and itself always are. */
  public boolean sameModule(String a, String b) {
    return a.equals(b)
        || modulesOf(a).stream().anyMatch(m -> modulesOf(b).stream().anyMatch(m::isSame));
  }

  /** Whether the code of that file can be unloaded: it can if some configuration makes it so. */
  public Kind kindOf(String path) {
    List<Module> modules = modulesOf(path);
    for (Kind kind : List.of(Kind.LOADABLE, Kind.UNKNOWN, Kind.BUILT_IN)) {
      if (modules.stream().anyMatch(m -> m.kind() == kind)) {
        return kind;
      }
    }
    return Kind.UNKNOWN;
  }

  /** The source files linked into that module, sorted, of those the program has. */
  public List<String> filesOf(Module module, Program program) {
    return program.memo(
        List.of("ModuleMap.filesOf", key(module)),
        () ->
            ModuleMap.of(program).stems.getOrDefault(key(module), NONE).stream()
                .flatMap(stem -> SOURCES.stream().map(stem::concat))
                .filter(program::has)
                .sorted()
                .toList());
  }

  private static String key(Module module) {
    return module.folder() + "/" + module.name();
  }
}
