// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * All files' facts, linked: the one thing rules see. Immutable to its users and safe for several
 * threads. Names are resolved as the kernel's build would: {@code static} definitions of the same
 * file first, then a global one, the nearest if there are several.
 */
public final class Program {
  private static final FileFacts NO_FACTS =
      new FileFacts(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of());

  private final SortedMap<String, FileFacts> files;

  /** The same, for look-ups: comparing paths, which share their beginnings, costs. */
  private final Map<String, FileFacts> byPath;

  private final SortedMap<String, KbuildFacts> builds;
  private final KernelModel model;
  private final IrSource bodies;
  private final NameIndex names;
  private final Types types;
  private final Memo memo = new Memo();

  private Program(
      SortedMap<String, FileFacts> files,
      SortedMap<String, KbuildFacts> builds,
      KernelModel model,
      IrSource bodies) {
    this.files = files;
    this.byPath = new HashMap<>(files);
    this.builds = builds;
    this.model = model;
    this.bodies = bodies;
    this.names = new NameIndex(files);
    this.types = new Types(this, names);
  }

  /**
   * Links all files. Linear in the number of facts.
   *
   * @param files C files and headers by path
   * @param builds Makefiles, Kbuild and Kconfig files by path
   */
  public static Program link(
      SortedMap<String, FileFacts> files,
      SortedMap<String, KbuildFacts> builds,
      KernelModel model,
      IrSource bodies) {
    return new Program(files, builds, model, bodies);
  }

  /** Links files of which nothing is known about how they are built. */
  public static Program link(
      SortedMap<String, FileFacts> files, KernelModel model, IrSource bodies) {
    return link(files, new TreeMap<>(), model, bodies);
  }

  public KernelModel model() {
    return model;
  }

  public Types types() {
    return types;
  }

  /** All paths, sorted. */
  public Collection<String> paths() {
    return files.keySet();
  }

  /** What the files of the build say, by path; for the module map. */
  SortedMap<String, KbuildFacts> builds() {
    return Collections.unmodifiableSortedMap(builds);
  }

  /** The facts of a file; empty facts if the tree has no such file. */
  public FileFacts file(String path) {
    return byPath.getOrDefault(path, NO_FACTS);
  }

  /** Shows all functions with their facts, in path and source order. */
  public void forEachFunction(BiConsumer<FunctionRef, FunctionFacts> visitor) {
    files.forEach(
        (path, facts) -> {
          int index = 0;
          for (FunctionFacts f : facts.functions()) {
            visitor.accept(new FunctionRef(path, index++, f.name()), f);
          }
        });
  }

  public FunctionFacts facts(FunctionRef function) {
    return file(function.file()).functions().get(function.index());
  }

  /** The function's body. Costs a parse of its file unless that was done recently. */
  public Function ir(FunctionRef function) {
    return bodies.body(function.file(), function.index());
  }

  /** All functions defined under that name, in path order. */
  public List<FunctionRef> functions(String name) {
    return names.functions(name);
  }

  /** All functions of a file, in source order. */
  public List<FunctionRef> functionsIn(String path) {
    List<FunctionRef> all = new ArrayList<>();
    for (FunctionFacts f : file(path).functions()) {
      all.add(new FunctionRef(path, all.size(), f.name()));
    }
    return all;
  }

  /** The functions in whose body that name is called, whatever it means there; in path order. */
  public List<FunctionRef> functionsCalling(String name) {
    return names.callers(name);
  }

  /** Macro definitions of that name, nearest to {@code file} first. */
  public List<Declarations.Macro> macros(String name, String file) {
    return Proximity.order(file, file(file), names.macros(name), NameIndex.In::file).stream()
        .map(NameIndex.In::item)
        .toList();
  }

  /** Every function-like macro of the tree with the file it stands in. */
  public void forEachMacro(java.util.function.BiConsumer<String, Declarations.Macro> action) {
    for (List<NameIndex.In<Declarations.Macro>> same : names.allMacros()) {
      same.forEach(m -> action.accept(m.file(), m.item()));
    }
  }

  /** Global variables of that name, nearest to {@code file} first. */
  public List<FileFacts.GlobalFacts> globals(String name, String file) {
    return Proximity.order(file, file(file), names.globals(name), NameIndex.In::file).stream()
        .map(NameIndex.In::item)
        .toList();
  }

  /** The files that define a global variable of that name with an initialiser, nearest first. */
  public List<String> filesOfTable(String name, String file) {
    return Proximity.order(file, file(file), names.globals(name), NameIndex.In::file).stream()
        .filter(
            g ->
                !g.item().entries().isEmpty()
                    && (g.file().equals(file) || g.item().linkage() == Function.Linkage.GLOBAL))
        .map(NameIndex.In::file)
        .toList();
  }

  /**
   * The definition that a direct call of {@code name} in {@code file} reaches: the nearest of those
   * visible there, stubs of the other {@code #if} arm last; empty if the tree defines none.
   */
  public Optional<FunctionRef> resolve(String name, String file) {
    List<FunctionRef> visible = new ArrayList<>();
    for (FunctionRef candidate : names.functions(name)) {
      if (isVisible(candidate, file)) {
        visible.add(candidate);
      }
    }
    List<FunctionRef> ordered = Proximity.order(file, file(file), visible, FunctionRef::file);
    Optional<FunctionRef> real = ordered.stream().filter(r -> !isStub(r)).findFirst();
    return real.isPresent() ? real : ordered.stream().findFirst();
  }

  /** Other files' statics are not visible; a header's are, to those who include it. */
  private boolean isVisible(FunctionRef candidate, String file) {
    return candidate.file().equals(file)
        || candidate.file().endsWith(".h")
        || facts(candidate).linkage() == Function.Linkage.GLOBAL
        || facts(candidate).linkage() == Function.Linkage.WEAK;
  }

  /** A body that stands in for a real one which is configured out. */
  private boolean isStub(FunctionRef candidate) {
    FunctionFacts f = facts(candidate);
    return f.linkage() == Function.Linkage.WEAK
        || (f.arm() == Function.Arm.ALTERNATIVE && f.callees().isEmpty())
        || (f.linkage() == Function.Linkage.STATIC_INLINE
            && f.callees().isEmpty()
            && names.functions(f.name()).size() > 1);
  }

  /** The functions whose direct calls of {@code callee.name()} reach {@code callee}. */
  public List<FunctionRef> callersOf(FunctionRef callee) {
    return memo(
        List.of("callers", callee),
        () ->
            names.callers(callee.name()).stream()
                .filter(c -> resolve(callee.name(), c.file()).filter(callee::equals).isPresent())
                .toList());
  }

  /**
   * The answer under {@code key}, computed once for this program.
   *
   * @param key equal for the same question, and always asked for with the same type
   */
  public <T> T memo(Object key, Supplier<T> compute) {
    return memo.get(key, compute);
  }
}
