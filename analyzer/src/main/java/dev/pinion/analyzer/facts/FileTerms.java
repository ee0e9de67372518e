// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The terms by which one file is found, as numbers: two that are different may have the same, so
 * that a file which is found must be looked into. Sorted, without repetition.
 */
public final class FileTerms {
  private final Sink sink;

  private FileTerms(Sink sink) {
    this.sink = sink;
  }

  /** Takes what a file has under its terms. */
  interface Sink {
    /** All that comes next is of that function, until another begins. */
    default void begin(FunctionFacts function) {}

    /**
     * Takes one thing.
     *
     * @param term its number
     * @param item what the file has under it; the same thing may come under several
     */
    void put(int term, Object item);
  }

  /** The terms alone. */
  private static final class Numbers implements Sink {
    private int[] all = new int[64];
    private int count;

    @Override
    public void put(int term, Object item) {
      if (count == all.length) {
        all = Arrays.copyOf(all, count * 2);
      }
      all[count++] = term;
    }

    int[] distinct() {
      Arrays.sort(all, 0, count);
      int distinct = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || all[i] != all[i - 1]) {
          all[distinct++] = all[i];
        }
      }
      return Arrays.copyOf(all, distinct);
    }
  }

  /** The number of a term. */
  public static int number(Term term, String name) {
    int hash = name.hashCode() * 31 + term.name().hashCode();
    hash ^= hash >>> 15;
    hash *= 0x2c1b3c6d;
    hash ^= hash >>> 12;
    return hash;
  }

  /** The numbers of the terms of a file. Linear in its facts. */
  public static int[] of(FileFacts facts) {
    Numbers numbers = new Numbers();
    forEach(facts, numbers);
    return numbers.distinct();
  }

  /** Goes through all that a file has under its terms, functions last. */
  static void forEach(FileFacts facts, Sink sink) {
    new FileTerms(sink).add(facts);
  }

  private void put(Term term, String name, Object item) {
    sink.put(number(term, name), item);
  }

  private void put(Term.Trait trait, Object item) {
    put(Term.TRAIT, trait.name(), item);
  }

  private void add(FileFacts facts) {
    facts.includes().forEach(i -> put(Term.INCLUDE, lastPart(i.path()), i));
    for (Declarations.Struct struct : facts.structs()) {
      put(Term.STRUCT, struct.tag(), struct);
      first(struct).ifPresent(tag -> put(Term.BEGINS_WITH, tag, struct));
    }
    for (Declarations.Typedef typedef : facts.typedefs()) {
      put(Term.TYPEDEF, typedef.name(), typedef);
      putNamed(Term.SYNONYM, typedef.type(), typedef);
    }
    facts.prototypes().forEach(p -> put(Term.PROTOTYPE, p.name(), p));
    facts.fieldUses().forEach(f -> put(Term.READ_THROUGH, f, f));
    for (FileFacts.GlobalFacts global : facts.globals()) {
      put(Term.GLOBAL, global.name(), global);
      for (FileFacts.TableEntry entry : global.entries()) {
        put(Term.MENTION, entry.symbol(), global);
        String member = entry(entry.field(), global.type());
        put(Term.ENTRY, member, global);
        owner(entry, global.type()).ifPresent(o -> put(Term.ENTRY_IN, member(o, member), global));
      }
    }
    for (Declarations.Invocation invocation : facts.invocations()) {
      put(Term.Trait.INVOKES, invocation);
      put(Term.INVOCATION, invocation.name(), invocation);
      invocation.arguments().forEach(a -> words(a, Term.MENTION, invocation));
    }
    for (Declarations.Macro macro : facts.macros()) {
      put(Term.MACRO, macro.name(), macro);
      words(macro.body(), Term.MACRO_WORD, macro);
      if (mayLookUp(macro)) {
        put(Term.Trait.LOOKS_UP, macro);
      }
      if (macro.parameters().isEmpty() && macro.body().indexOf('.') > 0) {
        String body = macro.body().strip();
        put(Term.RENAMED, body.substring(body.lastIndexOf('.') + 1), macro);
      }
    }
    facts.functions().forEach(this::add);
  }

  /** The name of a file without its folder. */
  public static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a macro is worth a closer look for whether it looks symbols up. */
  public static boolean mayLookUp(Declarations.Macro macro) {
    return macro.body().contains("symbol_") || macro.body().contains("?:");
  }

  /** The struct that a struct begins with, so that a pointer to it may be one to the other. */
  public static Optional<String> first(Declarations.Struct struct) {
    return struct.members().stream()
        .limit(1)
        .filter(m -> !m.name().isEmpty() && m.type().kind() == CType.Kind.STRUCT)
        .filter(m -> m.type().equals(m.type().base()) && !m.type().name().equals(struct.tag()))
        .map(m -> m.type().name())
        .findFirst();
  }

  /**
   * As what a member is known into which a function is put.
   *
   * @param owner the tag of the struct that the member is looked for in, or empty if only other
   *     files can tell; the name of the type that the path to it starts from, where that is meant
   */
  public static String member(String owner, String member) {
    return owner + "." + member;
  }

  /** Of what struct the entry's member is, as {@link #member} wants it; empty if it is of none. */
  private static Optional<String> owner(FileFacts.TableEntry entry, CType table) {
    if (entry.field().startsWith("#")) {
      return Optional.empty(); // Known by the table's type alone.
    }
    return entry.field().contains(".") ? Optional.of("").filter(o -> isNamed(table)) : owner(table);
  }

  /** The same for a path: what it starts from tells if it leads to one member and no further. */
  private static Optional<String> owner(TypedPath path) {
    return switch (path.origin()) {
      case VARIABLE ->
          path.steps().stream().filter(s -> memberName(s).isPresent()).count() == 1
              ? owner(path.type())
              : Optional.of("").filter(o -> isNamed(path.type()));
      case GLOBAL, RESULT -> Optional.of("");
      case UNKNOWN -> Optional.empty();
    };
  }

  /** The tag of an aggregate; empty text for what only other files may know to be one. */
  static Optional<String> owner(CType type) {
    return type.isAggregate()
        ? Optional.of(type.name())
        : Optional.of("").filter(o -> isNamed(type));
  }

  /** As what an {@link Term#OPERAND} of a certain operation is known. */
  public static String operand(String api, String name) {
    return api + " " + name;
  }

  /**
   * As what an {@link Term#ENTRY} of a table is known: the last member of its designator, or for a
   * positional one the name of the table's type after a {@code #}.
   */
  public static String entry(String designator, CType table) {
    return designator.startsWith("#")
        ? "#" + table.name()
        : designator.substring(designator.lastIndexOf('.') + 1);
  }

  private void add(FunctionFacts function) {
    sink.begin(function);
    put(Term.FUNCTION, function.name(), FunctionHead.of(function));
    function.callees().forEach(c -> put(Term.CALL, c, c));
    function.operations().forEach(o -> put(Term.OPERATION, o.api(), o));
    for (FunctionFacts.Reference reference : function.references()) {
      put(Term.MENTION, reference.name(), reference);
      put(Term.PASS, reference.callee(), reference);
    }
    for (FunctionFacts.FunctionStore store : function.functionStores()) {
      put(Term.MENTION, store.name(), store);
      String member = lastMember(store.target().steps());
      put(Term.STORE_FUNCTION, member, store);
      owner(store.target()).ifPresent(o -> put(Term.STORE_FUNCTION_IN, member(o, member), store));
      if (isNamed(store.target().type())) {
        put(Term.STORE_FUNCTION_FROM, member(store.target().type().name(), member), store);
      }
    }
    for (TypedPath path : function.indirectCalls()) {
      if (path.origin() == TypedPath.Origin.GLOBAL) {
        put(Term.CALL_THROUGH, path.root(), path);
      }
      path.steps().forEach(s -> memberName(s).ifPresent(n -> put(Term.CALL_THROUGH, n, path)));
    }
    for (PointerStore store : function.pointerStores()) {
      String member = lastMember(store.target().steps());
      put(Term.STORE_POINTER, member, store);
      owner(store.target()).ifPresent(o -> put(Term.STORE_POINTER_IN, member(o, member), store));
    }
    for (Operation operation : function.operations()) {
      OperandTerms.forEach(operation, (name, owner) -> putOperand(name, owner, operation));
      OperandTerms.forEachType(operation, function, t -> put(Term.OPERATES_ON, t, operation));
    }
    if (!function.pointerStores().isEmpty()) {
      put(Term.Trait.STORES, function);
    }
    if (!function.operations().isEmpty()) {
      put(Term.Trait.OPERATES, function);
    }
    if (!function.locks().effects().isEmpty()) {
      put(Term.Trait.LOCKS, function);
    }
  }

  private void putOperand(String name, Optional<String> owner, Operation operation) {
    put(Term.OPERAND, name, operation);
    put(Term.OPERAND_OF, operand(operation.api(), name), operation);
    owner.ifPresent(o -> put(Term.OPERAND_IN, member(o, name), operation));
  }

  /** Whether the operation is filed under that {@link Term#OPERAND}. */
  public static boolean isOperand(String name, Operation operation) {
    boolean[] found = {false};
    OperandTerms.forEach(operation, (n, owner) -> found[0] |= n.equals(name));
    return found[0];
  }

  /** Whether the operation is filed under that {@link Term#OPERAND_IN}. */
  public static boolean isOperandIn(String member, Operation operation) {
    boolean[] found = {false};
    OperandTerms.forEach(
        operation,
        (n, owner) ->
            found[0] |=
                member.endsWith(n) && owner.filter(o -> member(o, n).equals(member)).isPresent());
    return found[0];
  }

  /** Whether the store is filed under that {@link Term#STORE_POINTER_IN}. */
  public static boolean isStoreIn(String member, PointerStore store) {
    String last = lastMember(store.target().steps());
    return member.endsWith(last)
        && owner(store.target()).filter(o -> member(o, last).equals(member)).isPresent();
  }

  /** Whether the operation is filed under that {@link Term#OPERATES_ON}. */
  public static boolean operatesOn(String type, Operation operation, FunctionFacts function) {
    boolean[] found = {false};
    OperandTerms.forEachType(operation, function, t -> found[0] |= t.equals(type));
    return found[0];
  }

  /** Whether the path is filed under that {@link Term#CALL_THROUGH}. */
  public static boolean isThrough(String name, TypedPath path) {
    return (path.origin() == TypedPath.Origin.GLOBAL && path.root().equals(name))
        || path.steps().stream().anyMatch(s -> memberName(s).filter(name::equals).isPresent());
  }

  static Optional<String> memberName(Step step) {
    return step instanceof Step.Arrow arrow
        ? Optional.of(arrow.name())
        : step instanceof Step.Dot dot ? Optional.of(dot.name()) : Optional.empty();
  }

  /** What an operand means that is the bare, maybe dotted, name of a member: the last part. */
  public static String bareName(TypedPath path) {
    String name = path.root();
    for (Step step : path.steps()) {
      name = step instanceof Step.Dot dot ? dot.name() : name;
    }
    return name;
  }

  private void putNamed(Term term, CType type, Object item) {
    if (isNamed(type)) {
      put(term, type.name(), item);
    }
  }

  static boolean isNamed(CType type) {
    return type.isAggregate() || type.kind() == CType.Kind.TYPEDEF;
  }

  /** The member that a path ends in, dereferences aside; empty if it has none. */
  public static String lastMember(List<Step> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Optional<String> name = memberName(steps.get(i)).filter(n -> !n.isEmpty());
      if (name.isPresent()) {
        return name.get();
      }
    }
    return "";
  }

  /** The names in a text, and the text itself if it is one token of another kind. */
  private void words(String text, Term term, Object item) {
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      if (end > i && !Character.isDigit(text.charAt(i))) {
        put(term, text.substring(i, end), item);
      }
      i = Math.max(end, i + 1);
    }
    if (term == Term.MENTION) {
      put(term, text, item);
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
