// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.Answer.Found;
import dev.pinion.analyzer.atlas.Answer.Unknown;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Ownership;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrappers;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts questions to a linked program. Names are as people type them: {@code kvm_device.vm_node},
 * {@code kvm_put_kvm}, {@code virt/kvm/vfio.c}, {@code struct kvm}. Not for several threads at
 * once.
 */
public final class Atlas {
  /** A name with more definitions than this must be told apart by its file. */
  private static final int MAX_DEFINITIONS = 8;

  private final Program program;
  private final List<Rule> rules;
  private final Names names;

  /**
   * @param rules whose verdicts are told; any may be left out
   */
  public Atlas(Program program, List<Rule> rules) {
    this.program = program;
    this.rules = List.copyOf(rules);
    this.names = new Names(program);
  }

  /** An atlas for questions that no rule has a say in. */
  public static Atlas of(Program program) {
    return new Atlas(program, List.of());
  }

  /** Who does what with a list node; one answer for each definition of the struct. */
  public Answer<List<FieldAnswer>> field(String typed) {
    Optional<Names.TypedField> field = Names.TypedField.parse(typed);
    if (field.isEmpty()) {
      return new Unknown<>("'" + typed + "' is not STRUCT.FIELD", List.of());
    }
    List<Names.KnownField> known = names.fields(field.get());
    if (known.isEmpty()) {
      return names.unknownField(typed, field.get());
    }
    FieldQuestion question = new FieldQuestion(program, FieldQuestion.verdicts(program, rules));
    return new Found<>(known.stream().map(question::ask).toList());
  }

  /** Who calls a function, or through a member, and whom the function calls. */
  public Answer<List<CallsAnswer>> calls(String typed) {
    CallsQuestion question = new CallsQuestion(program);
    Optional<Names.TypedField> field = Names.TypedField.parse(typed);
    if (field.isPresent() && !typed.contains(":")) {
      List<Names.KnownField> known = names.fields(field.get());
      return known.isEmpty()
          ? names.unknownField(typed, field.get())
          : new Found<>(known.stream().<CallsAnswer>map(k -> question.ask(k.field())).toList());
    }
    Answer<List<FunctionRef>> functions = functions(typed);
    return functions instanceof Found<List<FunctionRef>> found
        ? new Found<>(found.value().stream().<CallsAnswer>map(question::ask).toList())
        : unknown(functions);
  }

  /** What surely holds on entry; one answer for each definition of the name. */
  public Answer<List<LocksAnswer>> locks(String typed) {
    LocksQuestion question = new LocksQuestion(program);
    Answer<List<FunctionRef>> functions = functions(typed);
    return functions instanceof Found<List<FunctionRef>> found
        ? new Found<>(found.value().stream().map(question::ask).toList())
        : unknown(functions);
  }

  private Answer<List<FunctionRef>> functions(String typed) {
    List<FunctionRef> all = names.functions(typed);
    if (all.isEmpty()) {
      return names.unknownFunction(typed);
    }
    return all.size() > MAX_DEFINITIONS ? names.ambiguous(typed, all) : new Found<>(all);
  }

  private static <A, B> Unknown<B> unknown(Answer<A> answer) {
    Unknown<A> unknown = (Unknown<A>) answer;
    return new Unknown<>(unknown.why(), unknown.near());
  }

  /** Which modules a symbol comes from, how it is exported, and who uses it. */
  public Answer<List<ModuleAnswer>> moduleOfSymbol(String symbol) {
    ModuleQuestion question = new ModuleQuestion(program);
    if (question.knows(symbol)) {
      return new Found<>(List.of(question.ofSymbol(symbol)));
    }
    return new Unknown<>(
        "no function or exported symbol '" + symbol + "'",
        Nearby.of(symbol, Exports.of(program).symbols()));
  }

  /** Which modules a file is linked into, and what it exports. */
  public Answer<List<ModuleAnswer>> moduleOfFile(String path) {
    return new Found<>(List.of(new ModuleQuestion(program).ofFile(path)));
  }

  /** How a struct is counted; one answer for each of its definitions that is. */
  public Answer<List<CountedAnswer>> counted(String typed) {
    String tag = Names.tag(typed);
    String bare = tag.replaceFirst("@.*", "");
    Set<String> tags = new TreeSet<>();
    for (Types.StructDefinition definition : program.types().structs(bare, "")) {
      program
          .types()
          .tag(CType.struct(bare), definition.file())
          .filter(t -> tag.equals(bare) || t.equals(tag))
          .ifPresent(tags::add);
    }
    if (tags.isEmpty()) {
      return new Unknown<>("no struct '" + tag + "'", Nearby.of(bare, names.tags()));
    }
    CountedQuestion question = new CountedQuestion(program);
    List<CountedAnswer> all = new ArrayList<>();
    for (String one : tags) {
      if (!Ownership.of(program).counters(one).isEmpty()) {
        all.add(question.ask(one));
      }
    }
    return all.isEmpty()
        ? new Found<>(List.of(new CountedAnswer(tags.iterator().next(), List.of())))
        : new Found<>(all);
  }

  /**
   * Which member a name stands for: where a struct declares it, or in a function that uses it. The
   * answer is fit for {@link #field}, {@link #lock} and {@link #counted}.
   *
   * @param line 1-based
   * @return {@code STRUCT.FIELD}; empty if the name is no member there or may be one of several
   */
  public Optional<String> memberAt(String file, int line, String name) {
    return new PlaceQuestion(program).member(file, line, name).map(Atlas::typed);
  }

  /** Who takes the lock that is a member; one answer for each definition of the struct. */
  public Answer<List<LockAnswer>> lock(String typed) {
    Optional<Names.TypedField> field = Names.TypedField.parse(typed);
    if (field.isEmpty()) {
      return new Unknown<>("'" + typed + "' is not STRUCT.FIELD", List.of());
    }
    List<Names.KnownField> known = names.fields(field.get());
    if (known.isEmpty()) {
      return names.unknownField(typed, field.get());
    }
    LockQuestion question = new LockQuestion(program);
    return new Found<>(known.stream().map(question::ask).toList());
  }

  /**
   * The members of a file's structs by which readers walk lists without a lock, as {@code
   * STRUCT.FIELD}, in the order of the file.
   */
  public List<String> rcuListsIn(String file) {
    return new PlaceQuestion(program).rcuLists(file).stream().map(Atlas::typed).toList();
  }

  /** Whether a call of that name in a file looks a symbol up or puts it back. */
  public boolean namesSymbols(String callee, String file) {
    return SymbolWrappers.of(program).find(callee, file).isPresent();
  }

  private static String typed(FieldRef field) {
    return field.owner() + "." + field.field();
  }
}
