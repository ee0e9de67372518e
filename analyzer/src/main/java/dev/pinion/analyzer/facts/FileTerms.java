// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The terms by which one file is found, as numbers: two that are different may have the same, so
 * that a file which is found must be looked into. Sorted, without repetition.
 */
public final class FileTerms {
  private int[] numbers = new int[64];
  private int count;

  private FileTerms() {}

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
    FileTerms terms = new FileTerms();
    terms.add(facts);
    int[] all = Arrays.copyOf(terms.numbers, terms.count);
    Arrays.sort(all);
    int distinct = 0;
    for (int i = 0; i < all.length; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[distinct++] = all[i];
      }
    }
    return Arrays.copyOf(all, distinct);
  }

  private void put(Term term, String name) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    numbers[count++] = number(term, name);
  }

  private void put(Term.Trait trait) {
    put(Term.TRAIT, trait.name());
  }

  private void add(FileFacts facts) {
    for (Declarations.Struct struct : facts.structs()) {
      put(Term.STRUCT, struct.tag());
      first(struct).ifPresent(tag -> put(Term.BEGINS_WITH, tag));
    }
    for (Declarations.Typedef typedef : facts.typedefs()) {
      put(Term.TYPEDEF, typedef.name());
      putNamed(Term.SYNONYM, typedef.type());
    }
    facts.prototypes().forEach(p -> put(Term.PROTOTYPE, p.name()));
    facts.fieldUses().forEach(f -> put(Term.READ_THROUGH, f));
    for (FileFacts.GlobalFacts global : facts.globals()) {
      put(Term.GLOBAL, global.name());
      for (FileFacts.TableEntry entry : global.entries()) {
        put(Term.MENTION, entry.symbol());
        String member = entry(entry.field(), global.type());
        put(Term.ENTRY, member);
        owner(entry, global.type()).ifPresent(o -> put(Term.ENTRY_IN, member(o, member)));
      }
    }
    for (Declarations.Invocation invocation : facts.invocations()) {
      put(Term.Trait.INVOKES);
      put(Term.INVOCATION, invocation.name());
      invocation.arguments().forEach(a -> words(a, Term.MENTION));
    }
    for (Declarations.Macro macro : facts.macros()) {
      put(Term.MACRO, macro.name());
      words(macro.body(), Term.MACRO_WORD);
      if (mayLookUp(macro)) {
        put(Term.Trait.LOOKS_UP);
      }
      if (macro.parameters().isEmpty() && macro.body().indexOf('.') > 0) {
        String body = macro.body().strip();
        put(Term.RENAMED, body.substring(body.lastIndexOf('.') + 1));
      }
    }
    facts.functions().forEach(this::add);
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
    return entry.field().contains(".")
        ? Optional.of("").filter(o -> mayBeStruct(table))
        : owner(table);
  }

  /** The same for a path: what it starts from tells if it leads to one member and no further. */
  private static Optional<String> owner(TypedPath path) {
    return switch (path.origin()) {
      case VARIABLE ->
          path.steps().stream().filter(FileTerms::isMember).count() == 1
              ? owner(path.type())
              : Optional.of("").filter(o -> mayBeStruct(path.type()));
      case GLOBAL, RESULT -> Optional.of("");
      case UNKNOWN -> Optional.empty();
    };
  }

  private static Optional<String> owner(CType type) {
    return type.isAggregate()
        ? Optional.of(type.name())
        : Optional.of("").filter(o -> mayBeStruct(type));
  }

  private static boolean mayBeStruct(CType type) {
    return type.isAggregate() || type.kind() == CType.Kind.TYPEDEF;
  }

  private static boolean isMember(Step step) {
    return step instanceof Step.Arrow || step instanceof Step.Dot;
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
    put(Term.FUNCTION, function.name());
    function.callees().forEach(c -> put(Term.CALL, c));
    function.operations().forEach(o -> put(Term.OPERATION, o.api()));
    for (FunctionFacts.Reference reference : function.references()) {
      put(Term.MENTION, reference.name());
      put(Term.PASS, reference.callee());
    }
    for (FunctionFacts.FunctionStore store : function.functionStores()) {
      put(Term.MENTION, store.name());
      String member = lastMember(store.target().steps());
      put(Term.STORE_FUNCTION, member);
      owner(store.target()).ifPresent(o -> put(Term.STORE_FUNCTION_IN, member(o, member)));
      if (mayBeStruct(store.target().type())) {
        put(Term.STORE_FUNCTION_FROM, member(store.target().type().name(), member));
      }
    }
    for (TypedPath path : function.indirectCalls()) {
      if (path.origin() == TypedPath.Origin.GLOBAL) {
        put(Term.CALL_THROUGH, path.root());
      }
      path.steps().forEach(s -> member(s, n -> put(Term.CALL_THROUGH, n)));
    }
    function.pointerStores().forEach(s -> put(Term.STORE_POINTER, lastMember(s.target().steps())));
    for (Operation operation : function.operations()) {
      operation.operands().forEach(o -> add(o, operation.api(), function));
    }
    if (!function.pointerStores().isEmpty()) {
      put(Term.Trait.STORES);
    }
    if (!function.operations().isEmpty()) {
      put(Term.Trait.OPERATES);
    }
    if (!function.locks().effects().isEmpty()) {
      put(Term.Trait.LOCKS);
    }
  }

  private void add(Operand operand, String api, FunctionFacts function) {
    TypedPath path = operand.path();
    boolean isAddress = operand.form() == Operand.Form.ADDRESS;
    if (!isAddress && operand.form() != Operand.Form.LOAD) {
      return;
    }
    path.steps().forEach(s -> member(s, n -> putOperand(n, api)));
    if (isAddress && lastMember(path.steps()).isEmpty()) {
      putOperand("", api);
    } else if (!isAddress) {
      putOperand(bareName(path), api);
    }
    if (path.origin() != TypedPath.Origin.VARIABLE) {
      return;
    }
    if (isAddress) {
      putNamed(Term.OPERATES_ON, path.type());
    }
    if (isAddress || path.steps().isEmpty()) {
      function.parameters().stream()
          .filter(p -> p.name().equals(path.root()))
          .forEach(p -> putNamed(Term.OPERATES_ON, p.type()));
    }
  }

  private void putOperand(String name, String api) {
    put(Term.OPERAND, name);
    put(Term.OPERAND_OF, operand(api, name));
  }

  /** What an operand means that is the bare, maybe dotted, name of a member: the last part. */
  public static String bareName(TypedPath path) {
    String name = path.root();
    for (Step step : path.steps()) {
      name = step instanceof Step.Dot dot ? dot.name() : name;
    }
    return name;
  }

  private void putNamed(Term term, CType type) {
    if (type.isAggregate() || type.kind() == CType.Kind.TYPEDEF) {
      put(term, type.name());
    }
  }

  /** The member that a path ends in, dereferences aside; empty if it has none. */
  public static String lastMember(List<Step> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      String[] name = {""};
      member(steps.get(i), n -> name[0] = n);
      if (!name[0].isEmpty()) {
        return name[0];
      }
    }
    return "";
  }

  private static void member(Step step, Consumer<String> action) {
    if (step instanceof Step.Arrow arrow) {
      action.accept(arrow.name());
    } else if (step instanceof Step.Dot dot) {
      action.accept(dot.name());
    }
  }

  /** The names in a text, and the text itself if it is one token of another kind. */
  private void words(String text, Term term) {
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      if (end > i && !Character.isDigit(text.charAt(i))) {
        put(term, text.substring(i, end));
      }
      i = Math.max(end, i + 1);
    }
    if (term == Term.MENTION) {
      put(term, text);
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
