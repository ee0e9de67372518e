// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.List;

/**
 * What a file declares outside of function bodies, in source order.
 *
 * @param includes the files it names
 * @param structs struct and union definitions, nested ones on their own
 * @param typedefs type names
 * @param globals variables of the file, with what they are initialised with
 * @param prototypes functions declared and not defined here
 * @param macros function-like macros and object-like ones that are not constants
 * @param invocations macros called at file level, such as {@code EXPORT_SYMBOL_GPL(x)}
 */
public record Declarations(
    List<Include> includes,
    List<Struct> structs,
    List<Typedef> typedefs,
    List<Global> globals,
    List<Prototype> prototypes,
    List<Macro> macros,
    List<Invocation> invocations) {

  public Declarations {
    includes = List.copyOf(includes);
    structs = List.copyOf(structs);
    typedefs = List.copyOf(typedefs);
    globals = List.copyOf(globals);
    prototypes = List.copyOf(prototypes);
    macros = List.copyOf(macros);
    invocations = List.copyOf(invocations);
  }

  /** {@code #include <path>} or {@code "path"}. */
  public record Include(String path, Form form) {
    /** Which search order it asks for. */
    public enum Form {
      QUOTED,
      ANGLED
    }
  }

  /** A struct or union with its members; synthetic tags as in {@link CType}. */
  public record Struct(String tag, CType.Kind kind, List<Member> members, Position position) {
    public Struct {
      members = List.copyOf(members);
    }
  }

  /**
   * A member; the name is empty for an anonymous struct or union, whose members are the outer's.
   */
  public record Member(String name, CType type) {}

  /** {@code typedef type name;}. */
  public record Typedef(String name, CType type) {}

  /** A variable of the file. */
  public record Global(
      String name,
      CType type,
      Function.Linkage linkage,
      List<Initializer> initializers,
      Position position) {
    public Global {
      initializers = List.copyOf(initializers);
    }
  }

  /**
   * One value of an initialiser list.
   *
   * @param field the designator from the variable, {@code "ops.release"}; {@code "#2"} for a
   *     positional one; array designators are dropped, so that every element counts alike
   */
  public record Initializer(String field, Value value, Position position) {}

  /** A function declared here and defined elsewhere. */
  public record Prototype(String name, CType returnType, List<CType> parameters) {
    public Prototype {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * A macro definition.
   *
   * @param parameters in order; a variadic last one is spelled {@code "args..."} or {@code "..."};
   *     empty for an object-like macro
   * @param body the replacement, on one line, comments removed
   */
  public record Macro(String name, List<String> parameters, String body, int line) {
    public Macro {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * A macro called at file level.
   *
   * @param prefix storage class before it, {@code "static"}, or empty
   * @param arguments the argument texts, trimmed
   */
  public record Invocation(String prefix, String name, List<String> arguments, Position position) {
    public Invocation {
      arguments = List.copyOf(arguments);
    }
  }
}
