// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Problem;
import java.util.List;

/**
 * What one C file says. Its path is not part of it: equal bytes, equal facts.
 *
 * @param macros function-like ones, and object-like ones that stand for a member or a call
 * @param fieldUses names of fields that some function reads a pointer from and goes on with it,
 *     sorted
 */
public record FileFacts(
    List<Declarations.Include> includes,
    List<Declarations.Struct> structs,
    List<Declarations.Typedef> typedefs,
    List<GlobalFacts> globals,
    List<PrototypeFacts> prototypes,
    List<Declarations.Macro> macros,
    List<Declarations.Invocation> invocations,
    List<FunctionFacts> functions,
    List<String> fieldUses,
    List<Problem> problems) {

  public FileFacts {
    includes = List.copyOf(includes);
    structs = List.copyOf(structs);
    typedefs = List.copyOf(typedefs);
    globals = List.copyOf(globals);
    prototypes = List.copyOf(prototypes);
    macros = List.copyOf(macros);
    invocations = List.copyOf(invocations);
    functions = List.copyOf(functions);
    fieldUses = List.copyOf(fieldUses);
    problems = List.copyOf(problems);
  }

  /** The facts of a file that is not there. */
  public static final FileFacts NONE =
      new FileFacts(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of());

  /** The facts of a file nothing could be learned from, but why. */
  public static FileFacts unreadable(Problem problem) {
    return new FileFacts(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(problem));
  }

  /**
   * The same with each item as if it stood on the first line of the file: equal for two files whose
   * items are the same but for where they stand.
   */
  public FileFacts wherever() {
    return onFirstLine(functions.stream().map(f -> f.movedBy(1 - f.position().line())).toList());
  }

  /**
   * The same with what functions do by its order alone: equal for two files of which one has more
   * lines, if none of them says anything.
   */
  FileFacts ordered() {
    return onFirstLine(functions.stream().map(FunctionFacts::ordered).toList());
  }

  /** Items as if each stood on the first line, and those functions. */
  private FileFacts onFirstLine(List<FunctionFacts> functions) {
    return new FileFacts(
        includes,
        structs.stream()
            .map(s -> new Declarations.Struct(s.tag(), s.kind(), s.members(), at(s.position())))
            .toList(),
        typedefs,
        globals.stream().map(g -> g.movedBy(1 - g.position().line())).toList(),
        prototypes,
        macros.stream()
            .map(m -> new Declarations.Macro(m.name(), m.parameters(), m.body(), 1))
            .toList(),
        invocations.stream()
            .map(
                i ->
                    new Declarations.Invocation(
                        i.prefix(), i.name(), i.arguments(), at(i.position())))
            .toList(),
        functions,
        fieldUses,
        problems.stream().map(p -> new Problem(p.kind(), 1, p.function(), p.detail())).toList());
  }

  private static Position at(Position position) {
    return position.movedBy(1 - position.line());
  }

  /** A variable of the file and the names its initialiser stores. */
  public record GlobalFacts(
      String name,
      CType type,
      Function.Linkage linkage,
      List<TableEntry> entries,
      Position position) {
    public GlobalFacts {
      entries = List.copyOf(entries);
    }

    private GlobalFacts movedBy(int lines) {
      return new GlobalFacts(
          name,
          type,
          linkage,
          entries.stream()
              .map(e -> new TableEntry(e.field(), e.symbol(), e.position().movedBy(lines)))
              .toList(),
          position.movedBy(lines));
    }
  }

  /**
   * {@code .field = symbol} or {@code .field = &symbol} in an initialiser; one for each of several
   * flags in {@code .field = A | B}.
   */
  public record TableEntry(String field, String symbol, Position position) {}

  /** What a function declared here returns. */
  public record PrototypeFacts(String name, CType returnType) {}
}
