// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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
    return all(
        Term.STRUCT,
        tag,
        (file, add) -> {
          for (Declarations.Struct s : file.facts().structs()) {
            if (s.tag().equals(tag)) {
              add.accept(new In<>(file.path(), s));
            }
          }
        });
  }

  List<In<CType>> typedefs(String name) {
    return all(
        Term.TYPEDEF,
        name,
        (file, add) -> {
          for (Declarations.Typedef t : file.facts().typedefs()) {
            if (t.name().equals(name)) {
              add.accept(new In<>(file.path(), t.type()));
            }
          }
        });
  }

  List<In<FileFacts.GlobalFacts>> globals(String name) {
    return all(
        Term.GLOBAL,
        name,
        (file, add) -> {
          for (FileFacts.GlobalFacts g : file.facts().globals()) {
            if (g.name().equals(name)) {
              add.accept(new In<>(file.path(), g));
            }
          }
        });
  }

  List<In<CType>> prototypes(String name) {
    return all(
        Term.PROTOTYPE,
        name,
        (file, add) -> {
          for (FileFacts.PrototypeFacts p : file.facts().prototypes()) {
            if (p.name().equals(name)) {
              add.accept(new In<>(file.path(), p.returnType()));
            }
          }
        });
  }

  List<In<Declarations.Macro>> macros(String name) {
    return all(
        Term.MACRO,
        name,
        (file, add) -> file.macros(name).forEach(m -> add.accept(new In<>(file.path(), m))));
  }

  List<FunctionRef> functions(String name) {
    return all(Term.FUNCTION, name, (file, add) -> file.functions(name).forEach(add));
  }

  /** The functions that call that name, whatever it means there. */
  List<FunctionRef> callers(String name) {
    return all(Term.CALL, name, (file, add) -> file.callers(name).forEach(add));
  }
}
