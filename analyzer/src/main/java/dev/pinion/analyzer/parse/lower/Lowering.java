// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Declarations.Include;
import dev.pinion.analyzer.ir.Declarations.Invocation;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Function.Linkage;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.Arm;
import dev.pinion.analyzer.parse.LockAnnotation;
import dev.pinion.analyzer.parse.MacroInvocation;
import dev.pinion.analyzer.parse.ParseProblem;
import dev.pinion.analyzer.parse.ParsedArm;
import dev.pinion.analyzer.parse.ParsedUnit;
import dev.pinion.analyzer.parse.SkippedArm;
import dev.pinion.analyzer.parse.syntax.Declaration.FunctionDefinition;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Specifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lowers what the parser says about a file to IR. */
public final class Lowering {
  /** Sections of code that is run once and then discarded. */
  private static final List<String> ONCE = List.of("__init", "__exit");

  private final ParsedUnit parsed;
  private final DeclarationSink declarations = new DeclarationSink();
  private final List<Function> functions = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Integer, List<String>> annotations = new HashMap<>();

  private Lowering(ParsedUnit parsed) {
    this.parsed = parsed;
    for (LockAnnotation a : parsed.lockAnnotations()) {
      annotations
          .computeIfAbsent(a.offset(), o -> new ArrayList<>())
          .add(a.annotation() + "(" + String.join(", ", a.arguments()) + ")");
    }
  }

  /**
   * Lowers a file. Never throws: what cannot be lowered is a problem of the unit, and a function
   * whose body is lost has a single unreachable block.
   */
  public static Unit lower(ParsedUnit parsed) {
    return new Lowering(parsed).unit();
  }

  private Unit unit() {
    for (ParsedArm arm : parsed.arms()) {
      try {
        arm(arm);
      } catch (RuntimeException | StackOverflowError failure) {
        problems.add(new Problem(Problem.Kind.CRASH, 1, "", "lowering failed: " + failure));
      }
    }
    functions.sort(Comparator.comparing(Function::position));
    parsed.problems().forEach(p -> problems.add(problem(p)));
    parsed.skippedArms().stream()
        .filter(s -> s.place() != SkippedArm.Place.DISABLED)
        .forEach(s -> problems.add(problem(s)));
    problems.sort(
        Comparator.comparingInt(Problem::line)
            .thenComparing(Problem::kind)
            .thenComparing(Problem::function)
            .thenComparing(Problem::detail));
    return new Unit(
        declarations.declarations(includes(), macros(), invocations()), functions, problems);
  }

  private void arm(ParsedArm arm) {
    for (Head head : heads(arm)) {
      functions.add(function(head));
    }
  }

  /** A function that was declared with the rest of its tree and is yet to be lowered. */
  private record Head(
      UnitScope scope,
      TypeLowering types,
      FunctionDefinition definition,
      Declarator declarator,
      Arm arm) {
    Position position() {
      return scope.positions().at(declarator.innermost().nameFirst());
    }
  }

  /** Lowers what a tree declares outside of functions, and finds these. */
  private List<Head> heads(ParsedArm arm) {
    UnitScope scope = new UnitScope(parsed, new Positions(parsed.text()), declarations);
    DeclarationLowering lowering = new DeclarationLowering(scope);
    List<Head> heads = new ArrayList<>();
    for (FunctionDefinition definition : lowering.lower(arm.tree().declarations())) {
      Declarator declarator = definition.declarator().function();
      if (declarator != null) {
        heads.add(new Head(scope, lowering.types(), definition, declarator, arm.arm()));
      }
    }
    return heads;
  }

  /** The same; none where a tree's declarations cannot be lowered. */
  private List<Head> headsIfAny(ParsedArm arm) {
    try {
      return heads(arm);
    } catch (RuntimeException | StackOverflowError failure) {
      return List.of();
    }
  }

  /**
   * The functions of a file as {@link #lower} gives them, in the same order, each lowered when it
   * is asked for. A body depends on what its file declares and not on other bodies.
   */
  public static FileFunctions later(ParsedUnit parsed) {
    Lowering lowering = new Lowering(parsed);
    List<Head> heads = new ArrayList<>();
    for (ParsedArm arm : parsed.arms()) {
      heads.addAll(lowering.headsIfAny(arm));
    }
    heads.sort(Comparator.comparing(Head::position));
    return new FileFunctions(heads.size(), i -> lowering.function(heads.get(i)));
  }

  private Function function(Head head) {
    UnitScope scope = head.scope();
    TypeLowering types = head.types();
    FunctionDefinition definition = head.definition();
    Declarator declarator = head.declarator();
    Declarator named = declarator.innermost();
    String name = named.name();
    Position position = head.position();
    FunctionLowering lowering = new FunctionLowering(scope, name);
    CType returned = CType.UNKNOWN;
    List<Variable> parameters = List.of();
    List<Variable> variables;
    Cfg cfg;
    try {
      returned =
          types.returned(
              definition.declarator(),
              declarator,
              types.specifier(definition.specifier(), "<" + name + ">"));
      lowering.parameters(declarator);
      parameters = List.copyOf(lowering.variables().all());
      cfg = lowering.body(definition.body());
      variables = lowering.variables().all();
    } catch (LimitReached limit) {
      problems.add(
          new Problem(
              Problem.Kind.LIMIT, position.line(), name, String.valueOf(limit.getMessage())));
      cfg = unreachable();
      variables = parameters;
    } catch (RuntimeException | StackOverflowError failure) {
      problems.add(
          new Problem(Problem.Kind.CRASH, position.line(), name, "lowering failed: " + failure));
      cfg = unreachable();
      variables = parameters;
    }
    return new Function(
        name,
        linkage(definition, named.nameFirst()),
        head.arm() == Arm.PRIMARY ? Function.Arm.PRIMARY : Function.Arm.ALTERNATIVE,
        returned,
        variables,
        annotations(definition, named.nameFirst()),
        position,
        scope.positions().end(definition).line(),
        cfg);
  }

  private static Cfg unreachable() {
    return new Cfg(List.of(new BasicBlock(0, List.of(), new Terminator.Unreachable())));
  }

  private Linkage linkage(FunctionDefinition definition, int name) {
    Specifier specifier = definition.specifier();
    if (specifier.storage() == Specifier.Storage.STATIC) {
      return specifier.inlined() ? Linkage.STATIC_INLINE : Linkage.STATIC;
    }
    return head(definition, name).contains("__weak") ? Linkage.WEAK : Linkage.GLOBAL;
  }

  /** The text of a definition before its name, attributes included. */
  private String head(FunctionDefinition definition, int name) {
    int start = definition.first();
    int line = parsed.text().lineStart(parsed.text().line(start));
    int end = name;
    return line <= end ? parsed.text().substring(line, end) : "";
  }

  /** Lock annotations, and {@code __init} or {@code __exit} for code that runs once. */
  private List<String> annotations(FunctionDefinition definition, int name) {
    List<String> noted = annotations.getOrDefault(name, List.of());
    String head = head(definition, name);
    if (head.indexOf('_') < 0) {
      return noted; // Nearly all heads are a type and a star or two.
    }
    List<String> all = new ArrayList<>(noted);
    for (String once : ONCE) {
      if (head.contains(once) && List.of(head.split("\\W+")).contains(once)) {
        all.add(once);
      }
    }
    return all;
  }

  private List<Include> includes() {
    return parsed.includes().stream()
        .filter(i -> i.style() != dev.pinion.analyzer.parse.Include.Style.MACRO)
        .map(
            i ->
                new Include(
                    i.path(),
                    i.style() == dev.pinion.analyzer.parse.Include.Style.QUOTED
                        ? Include.Form.QUOTED
                        : Include.Form.ANGLED))
        .toList();
  }

  private List<Macro> macros() {
    return parsed.macros().stream()
        .map(m -> new Macro(m.name(), m.parameters(), m.body(), m.line()))
        .toList();
  }

  private List<Invocation> invocations() {
    List<Invocation> all = new ArrayList<>();
    for (MacroInvocation i : parsed.invocations()) {
      int column = parsed.text().column(i.offset());
      all.add(new Invocation(i.storage(), i.name(), i.arguments(), new Position(i.line(), column)));
    }
    return all;
  }

  private static Problem problem(ParseProblem p) {
    Problem.Kind kind =
        switch (p.kind()) {
          case SYNTAX, UNBALANCED -> Problem.Kind.SYNTAX;
          case TOO_DEEP, TOO_LARGE -> Problem.Kind.LIMIT;
          case FAILURE -> Problem.Kind.CRASH;
        };
    return new Problem(kind, p.line(), p.function(), p.message());
  }

  private static Problem problem(SkippedArm s) {
    return new Problem(Problem.Kind.ARM_NOT_TAKEN, s.firstLine(), "", "lines to " + s.lastLine());
  }
}
