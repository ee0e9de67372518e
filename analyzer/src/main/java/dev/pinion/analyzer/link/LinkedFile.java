// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileFacts.GlobalFacts;
import dev.pinion.analyzer.facts.FileFacts.PrototypeFacts;
import dev.pinion.analyzer.facts.FileParts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.FunctionHead;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Include;
import dev.pinion.analyzer.ir.Declarations.Invocation;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Declarations.Struct;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import dev.pinion.analyzer.ir.Function.Linkage;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file's facts, and what is looked up in them by name; all of it when it is first needed. Each
 * look is at a part of the file, on which hangs from then on what is being computed.
 */
final class LinkedFile {
  private final String path;
  private final Function<String, FileFacts> source;
  private final PartReads parts;
  private volatile @Nullable FileFacts facts;
  private volatile @Nullable List<String> keys;
  private volatile @Nullable Callers callers;
  private volatile @Nullable Map<String, List<Mention>> mentions;
  private volatile @Nullable Map<String, List<Macro>> macros;

  /**
   * @param source gives the facts when they are first needed; equal ones if it is asked twice
   */
  LinkedFile(String path, Function<String, FileFacts> source, PartReads parts) {
    this.path = path;
    this.source = source;
    this.parts = parts;
  }

  String path() {
    return path;
  }

  /** All of it. */
  FileFacts facts() {
    parts.readAll(path);
    return now();
  }

  /** The facts; what is being computed does not hang on them. */
  FileFacts now() {
    FileFacts known = facts;
    if (known == null) {
      known = source.apply(path);
      facts = known;
    }
    return known;
  }

  /** The facts, if anybody has asked for them. */
  Optional<FileFacts> known() {
    return Optional.ofNullable(facts);
  }

  private void read(Term term, String name) {
    if (parts.areNoted()) {
      parts.read(path, FileTerms.number(term, name));
    }
  }

  /** What a function is known by. */
  String key(int index) {
    List<String> known = keys;
    if (known == null) {
      known = FileParts.keys(now());
      keys = known;
    }
    return known.get(index);
  }

  /** All functions, in source order. */
  List<FunctionRef> functions() {
    parts.read(path, FileParts.FUNCTIONS);
    List<FunctionRef> all = new ArrayList<>(now().functions().size());
    for (FunctionFacts f : now().functions()) {
      all.add(new FunctionRef(path, all.size(), f.name()));
    }
    return all;
  }

  /** The functions that are known outside of the file, in source order. */
  List<FunctionRef> globalFunctions() {
    parts.read(path, FileParts.FUNCTIONS);
    List<FunctionRef> all = new ArrayList<>();
    for (int i = 0; i < now().functions().size(); i++) {
      if (now().functions().get(i).linkage() == Linkage.GLOBAL) {
        all.add(ref(i));
      }
    }
    return all;
  }

  /** What is known of a function without its body. */
  FunctionFacts function(int index) {
    return part(index, FileParts::function, f -> f);
  }

  /** The parameters of a function. */
  List<Variable> parameters(int index) {
    return part(index, FileParts::parameters, FunctionFacts::parameters);
  }

  /** What a function returns. */
  CType returnType(int index) {
    return part(index, FileParts::returnType, FunctionFacts::returnType);
  }

  /** The operations of a function, in source order. */
  List<Operation> operations(int index) {
    return part(index, FileParts::operations, FunctionFacts::operations);
  }

  /** The names that a function calls. */
  List<String> callees(int index) {
    return part(index, FileParts::callees, FunctionFacts::callees);
  }

  private <T> T part(int index, ToIntFunction<String> number, Function<FunctionFacts, T> part) {
    FunctionFacts function = now().functions().get(index);
    if (parts.areNoted()) {
      parts.read(path, number.applyAsInt(key(index)));
    }
    return part.apply(function);
  }

  /** Says that a function's body is looked at. */
  void readBody(int index) {
    if (parts.areNoted()) {
      parts.read(path, FileParts.body(key(index)));
    }
  }

  /** The functions of that name, in source order. */
  List<OfFunction<FunctionHead>> functions(String name) {
    read(Term.FUNCTION, name);
    List<OfFunction<FunctionHead>> all = new ArrayList<>(1);
    List<FunctionFacts> functions = now().functions();
    for (int i = 0; i < functions.size(); i++) {
      if (functions.get(i).name().equals(name)) {
        all.add(
            new OfFunction<>(new FunctionRef(path, i, name), FunctionHead.of(functions.get(i))));
      }
    }
    return all;
  }

  /** The functions that call that name, in source order. */
  List<FunctionRef> callers(String name) {
    read(Term.CALL, name);
    Callers known = callers;
    if (known == null) {
      known = Callers.of(now());
      callers = known;
    }
    return known.of(name).mapToObj(this::ref).toList();
  }

  private FunctionRef ref(int index) {
    return new FunctionRef(path, index, now().functions().get(index).name());
  }

  List<Include> includes() {
    parts.read(path, FileParts.INCLUDES);
    return now().includes();
  }

  List<GlobalFacts> globals() {
    parts.read(path, FileParts.GLOBALS);
    return now().globals();
  }

  List<Macro> macros() {
    parts.read(path, FileParts.MACROS);
    return now().macros();
  }

  List<Invocation> invocations() {
    parts.read(path, FileParts.INVOCATIONS);
    return now().invocations();
  }

  /** Where the file uses that name as a value. */
  List<Mention> mentions(String name) {
    read(Term.MENTION, name);
    Map<String, List<Mention>> known = mentions;
    if (known == null) {
      known = Mention.in(path, now());
      mentions = known;
    }
    return known.getOrDefault(name, List.of());
  }

  /** The macros of that name, in source order. */
  List<Macro> macros(String name) {
    read(Term.MACRO, name);
    Map<String, List<Macro>> known = macros;
    if (known == null) {
      known = new HashMap<>();
      for (Macro macro : now().macros()) {
        known.computeIfAbsent(macro.name(), n -> new ArrayList<>(1)).add(macro);
      }
      macros = known;
    }
    return known.getOrDefault(name, List.of());
  }

  /**
   * Those macros for which something holds that only holds of what the file has under that term.
   */
  List<Macro> macros(Term term, String name, Predicate<Macro> wanted) {
    return under(term, name, now().macros(), wanted);
  }

  List<Struct> structs(Term term, String name, Predicate<Struct> wanted) {
    return under(term, name, now().structs(), wanted);
  }

  List<Struct> structs(String tag) {
    return structs(Term.STRUCT, tag, s -> s.tag().equals(tag));
  }

  List<Typedef> typedefs(Term term, String name, Predicate<Typedef> wanted) {
    return under(term, name, now().typedefs(), wanted);
  }

  List<Typedef> typedefs(String name) {
    return typedefs(Term.TYPEDEF, name, t -> t.name().equals(name));
  }

  List<GlobalFacts> globals(Term term, String name, Predicate<GlobalFacts> wanted) {
    return under(term, name, now().globals(), wanted);
  }

  List<GlobalFacts> globals(String name) {
    return globals(Term.GLOBAL, name, g -> g.name().equals(name));
  }

  List<PrototypeFacts> prototypes(String name) {
    return under(Term.PROTOTYPE, name, now().prototypes(), p -> p.name().equals(name));
  }

  List<Invocation> invocations(Term term, String name, Predicate<Invocation> wanted) {
    return under(term, name, now().invocations(), wanted);
  }

  private <T> List<T> under(Term term, String name, List<T> all, Predicate<T> wanted) {
    read(term, name);
    List<T> found = new ArrayList<>(1);
    for (T one : all) {
      if (wanted.test(one)) {
        found.add(one);
      }
    }
    return found;
  }

  /** Whether some function reads a pointer from that member and goes on with it. */
  boolean readsThrough(String member) {
    read(Term.READ_THROUGH, member);
    return now().fieldUses().contains(member);
  }

  /** All operations, in source order. */
  List<OfFunction<Operation>> operations() {
    parts.read(path, FileParts.OPERATIONS);
    List<OfFunction<Operation>> all = new ArrayList<>();
    for (int i = 0; i < now().functions().size(); i++) {
      for (Operation operation : now().functions().get(i).operations()) {
        all.add(new OfFunction<>(ref(i), operation));
      }
    }
    return all;
  }

  /** What functions do that the look is for, in source order. */
  <T> Stream<OfFunction<T>> all(Look<T> look) {
    read(look.term(), look.name());
    List<OfFunction<T>> found = new ArrayList<>(1);
    List<FunctionFacts> functions = now().functions();
    for (int i = 0; i < functions.size(); i++) {
      for (T item : look.items().apply(functions.get(i))) {
        if (look.wanted().test(functions.get(i), item)) {
          found.add(new OfFunction<>(ref(i), item));
        }
      }
    }
    return found.stream();
  }
}
