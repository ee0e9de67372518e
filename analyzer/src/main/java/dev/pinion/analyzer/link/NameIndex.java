// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionHead;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Who defines a name, over all files; lists are in path order. */
final class NameIndex {
  /** A definition and the file it stands in. */
  record In<T>(String file, T item) {}

  private record Key(Term term, String name) {}

  private final Program program;

  NameIndex(Program program) {
    this.program = program;
  }

  private <T> List<T> all(Term term, String name, BiConsumer<LinkedFile, Consumer<T>> items) {
    return program.memo(
        new Key(term, name),
        () -> {
          List<T> all = new java.util.ArrayList<>(1);
          for (String path : program.files(term, name)) {
            items.accept(program.linked(path), all::add);
          }
          return List.copyOf(all);
        });
  }

  List<In<Declarations.Struct>> structs(String tag) {
    return in(Term.STRUCT, tag, file -> file.structs(tag));
  }

  List<In<CType>> typedefs(String name) {
    return in(
        Term.TYPEDEF,
        name,
        file -> file.typedefs(name).stream().map(Declarations.Typedef::type).toList());
  }

  List<In<FileFacts.GlobalFacts>> globals(String name) {
    return in(Term.GLOBAL, name, file -> file.globals(name));
  }

  List<In<CType>> prototypes(String name) {
    return in(
        Term.PROTOTYPE,
        name,
        file -> file.prototypes(name).stream().map(FileFacts.PrototypeFacts::returnType).toList());
  }

  List<In<Declarations.Macro>> macros(String name) {
    return in(Term.MACRO, name, file -> file.macros(name));
  }

  private <T> List<In<T>> in(Term term, String name, Function<LinkedFile, List<T>> items) {
    return all(
        term,
        name,
        (file, add) -> items.apply(file).forEach(i -> add.accept(new In<>(file.path(), i))));
  }

  List<OfFunction<FunctionHead>> functions(String name) {
    return all(Term.FUNCTION, name, (file, add) -> file.functions(name).forEach(add));
  }

  /** The functions that call that name, whatever it means there. */
  List<FunctionRef> callers(String name) {
    return all(Term.CALL, name, (file, add) -> file.callers(name).forEach(add));
  }
}
