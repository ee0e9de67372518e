// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.query.Fixpoint;
import dev.pinion.analyzer.query.Queries;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * All files' facts, linked: the one thing rules see. Immutable to its users and safe for several
 * threads. Names are resolved as the kernel's build would: {@code static} definitions of the same
 * file first, then a global one, the nearest if there are several.
 */
public final class Program {
  /** Analysed bodies are the largest things that link holds; most are asked for a few times. */
  private static final int RECENT_BODIES = 2_000;

  /** The number of the input that is what the files of the build say. */
  public static final int BUILDS = Queries.number("files of the build");

  private final Queries queries;

  private final TreeFiles files;
  private Supplier<SortedMap<String, KbuildFacts>> builds;
  private final KernelModel model;
  private IrSource bodies;
  private final NameIndex names;
  private final Types types;
  private final LockTables locks;

  private Program(
      Queries.Mode mode,
      TreeFacts files,
      Supplier<SortedMap<String, KbuildFacts>> builds,
      KernelModel model,
      IrSource bodies,
      LockKnowledge locks) {
    this.queries = new Queries(mode, RECENT_BODIES, new ValueDigest(Map.of()));
    this.files = new TreeFiles(queries, files);
    this.builds = builds;
    this.model = model;
    this.bodies = bodies;
    this.names = new NameIndex(this);
    this.types = new Types(this, names);
    this.locks = new LockTables(this, queries, locks);
  }

  /**
   * Links all files.
   *
   * @param mode whether {@link #change} may replace some of them, or {@link Reuse#footprints} be
   *     told
   * @param files C files and headers
   * @param builds Makefiles, Kbuild and Kconfig files by path; asked for when they are needed, and
   *     the same each time
   * @param locks what is known of an earlier state of the files
   */
  public static Program link(
      Queries.Mode mode,
      TreeFacts files,
      Supplier<SortedMap<String, KbuildFacts>> builds,
      KernelModel model,
      IrSource bodies,
      LockKnowledge locks) {
    return new Program(mode, files, builds, model, bodies, locks);
  }

  /** Links all files, which do not change any more, and of which nothing is known yet. */
  public static Program link(
      TreeFacts files,
      Supplier<SortedMap<String, KbuildFacts>> builds,
      KernelModel model,
      IrSource bodies) {
    return link(Queries.Mode.ONCE, files, builds, model, bodies, LockKnowledge.NONE);
  }

  /**
   * Puts new files in the place of old ones. Nobody may ask anything meanwhile. What is asked
   * afterwards is answered as by a program linked from the new files alone.
   *
   * @param changed the facts of files that are new or others; empty for one that is gone
   * @param before the facts of these files as they were; none for a new one
   * @param builds all files of the build; empty if none of them is another
   * @param bodies of the new files
   */
  public void change(
      SortedMap<String, Optional<FileFacts>> changed,
      Map<String, FileFacts> before,
      Optional<SortedMap<String, KbuildFacts>> builds,
      IrSource bodies) {
    Set<Integer> numbers =
        files.change(changed, before, new FileChange.Bodies(this.bodies, bodies));
    if (builds.isPresent() && !this.builds.get().equals(builds.get())) {
      this.builds = builds::get;
      numbers.add(BUILDS);
    }
    this.bodies = bodies;
    queries.changed(numbers);
    Set<Integer> moved = locks.change(before);
    if (!moved.isEmpty()) {
      queries.changed(moved);
    }
  }

  /** What is good for another state of the tree of what is known of this one. */
  public Reuse reuse() {
    return new Reuse(queries, files, locks, bodies);
  }

  LockTables locks() {
    return locks;
  }

  /** What is known of the locks of all functions, if anybody has asked. */
  public Optional<LockTable> lockTable() {
    return locks.known();
  }

  public KernelModel model() {
    return model;
  }

  public Types types() {
    return types;
  }

  /** All paths, sorted. */
  public Collection<String> paths() {
    return files.paths();
  }

  /** Those of some files and of all below some folders, sorted. */
  public Collection<String> paths(List<String> under) {
    return files.under(under);
  }

  /** The paths of the files in a folder, not those below it, sorted; the tree's root is "". */
  public List<String> pathsIn(String folder) {
    return files.in(folder);
  }

  /** Whether the tree has a C file or header of that path. */
  public boolean has(String path) {
    return files.has(path);
  }

  /** What the files of the build say, by path; for the module map. */
  SortedMap<String, KbuildFacts> builds() {
    queries.read(BUILDS);
    return Collections.unmodifiableSortedMap(builds.get());
  }

  /** The facts of a file; empty facts if the tree has no such file. */
  public FileFacts file(String path) {
    return linked(path).facts();
  }

  /** The facts of a file if somebody has looked at it; nothing hangs on them. */
  public Optional<FileFacts> known(String path) {
    return files.known(path);
  }

  /** Whether there is such a file; nothing hangs on that. */
  public boolean isNowThere(String path) {
    return files.isNowThere(path);
  }

  /** What a file includes. */
  public List<Declarations.Include> includes(String path) {
    return linked(path).includes();
  }

  /** The global variables that a file defines or declares. */
  public List<FileFacts.GlobalFacts> globals(String path) {
    return linked(path).globals();
  }

  /** The uses of that macro at file level, in source order. */
  public List<Declarations.Invocation> invocations(String path, String macro) {
    return files.mayHave(path, FileTerms.number(Term.INVOCATION, macro))
        ? linked(path).invocations(Term.INVOCATION, macro, i -> i.name().equals(macro))
        : List.of();
  }

  /** Whether a file reads a pointer from a member of that name and goes on with it. */
  public boolean readsThrough(String path, String member) {
    return linked(path).readsThrough(member);
  }

  /** The macros that a file uses at file level. */
  public List<Declarations.Invocation> invocations(String path) {
    return linked(path).invocations();
  }

  LinkedFile linked(String path) {
    return files.file(path);
  }

  /** The files that may spell the name in that role, in path order; each must be looked into. */
  public List<String> files(Term term, String name) {
    return files.with(FileTerms.number(term, name));
  }

  /** The files of which the trait holds, in path order. */
  public List<String> files(Term.Trait trait) {
    return files(Term.TRAIT, trait.name());
  }

  public FunctionFacts facts(FunctionRef function) {
    return linked(function.file()).function(function.index());
  }

  /** The function's parameters. */
  public List<Variable> parameters(FunctionRef function) {
    return linked(function.file()).parameters(function.index());
  }

  /** What the function returns. */
  public CType returnType(FunctionRef function) {
    return linked(function.file()).returnType(function.index());
  }

  /** The operations of the function, in source order. */
  public List<Operation> operations(FunctionRef function) {
    return linked(function.file()).operations(function.index());
  }

  /** The names that the function calls, sorted. */
  public List<String> callees(FunctionRef function) {
    return linked(function.file()).callees(function.index());
  }

  /** The function's body. Costs a parse of its file unless that was done recently. */
  public Function ir(FunctionRef function) {
    linked(function.file()).readBody(function.index());
    return bodies.body(function.file(), function.index());
  }

  /** All functions defined under that name, in path order. */
  public List<FunctionRef> functions(String name) {
    return names.functions(name).stream().map(OfFunction::function).toList();
  }

  /** All functions of a file, in source order. */
  public List<FunctionRef> functionsIn(String path) {
    return linked(path).functions();
  }

  /** What a function is known by in its file, whatever comes before it of other names. */
  public String key(FunctionRef function) {
    return linked(function.file()).key(function.index());
  }

  /** The functions of a file that are known outside of it, in source order. */
  public List<FunctionRef> globalFunctionsIn(String path) {
    return linked(path).globalFunctions();
  }

  /** The calls of an operation in a file, in source order. */
  public List<OfFunction<Operation>> operations(String path, String api) {
    return linked(path).all(Look.operationsOf(api)).toList();
  }

  /** The functions in whose body that name is called, whatever it means there; in path order. */
  public List<FunctionRef> functionsCalling(String name) {
    return names.callers(name);
  }

  /** The calls in some files that pass that name, in the order of the files. */
  public List<OfFunction<FunctionFacts.Reference>> references(
      Collection<String> paths, String name) {
    Set<String> files = Set.copyOf(files(Term.MENTION, name));
    return paths.stream()
        .filter(files::contains)
        .flatMap(p -> linked(p).all(Look.mentions(name)))
        .toList();
  }

  /** Macro definitions of that name, nearest to {@code file} first. */
  public List<Declarations.Macro> macros(String name, String file) {
    return Proximity.order(linked(file), names.macros(name), NameIndex.In::file).stream()
        .map(NameIndex.In::item)
        .toList();
  }

  /** Global variables of that name, nearest to {@code file} first. */
  public List<FileFacts.GlobalFacts> globals(String name, String file) {
    return Proximity.order(linked(file), names.globals(name), NameIndex.In::file).stream()
        .map(NameIndex.In::item)
        .toList();
  }

  /** The files that define a global variable of that name with an initialiser, nearest first. */
  public List<String> filesOfTable(String name, String file) {
    return Proximity.order(linked(file), names.globals(name), NameIndex.In::file).stream()
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
    return Resolution.of(names.functions(name), linked(file));
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
   * The answer under {@code key}, remembered until something that it was made from changes.
   *
   * @param key equal for the same question, and always asked for with the same type; it says all
   *     that {@code compute} was given
   */
  public <T> T memo(Object key, Supplier<T> compute) {
    return queries.get(key, compute);
  }

  /**
   * The same for what is asked of each function by somebody who looks after the function's own
   * inputs himself: in a program that never changes it is not remembered, and whoever asks hangs on
   * all other inputs.
   */
  public <T> T passing(Object question, OwnInputs own, Supplier<T> compute) {
    return queries.passing(question, compute, own::has);
  }

  /**
   * The same for answers that hang on nearly all files and seldom become others: tables of the
   * whole tree, and what is looked up in them.
   */
  public <T> T settled(Object key, Supplier<T> compute) {
    return queries.settled(key, compute);
  }

  /** The same for large answers: the most recent ones are kept, others are made again. */
  <T> T recent(Object key, Supplier<T> compute) {
    return queries.recent(key, compute);
  }

  /** A system of equations whose values are remembered like answers. */
  <V> Fixpoint<FunctionRef, V> fixpoint(Fixpoint.Equation<FunctionRef, V> equation) {
    return new Fixpoint<>(queries, equation);
  }
}
