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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTName;

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
    UnitScope scope = new UnitScope(parsed, new Positions(parsed, arm), declarations);
    DeclarationLowering lowering = new DeclarationLowering(scope);
    for (IASTFunctionDefinition definition : lowering.lower(arm.tree().getDeclarations())) {
      IASTFunctionDeclarator declarator =
          Syntax.function(Syntax.outermost(definition.getDeclarator()));
      if (declarator != null) {
        functions.add(function(scope, lowering.types(), definition, declarator, arm.arm()));
      }
    }
  }

  private Function function(
      UnitScope scope,
      TypeLowering types,
      IASTFunctionDefinition definition,
      IASTFunctionDeclarator declarator,
      Arm arm) {
    IASTName nameNode = Syntax.innermost(declarator).getName();
    String name = Syntax.name(nameNode);
    Position position = scope.positions().start(nameNode);
    IASTDeclSpecifier specifier = definition.getDeclSpecifier();
    CType returned =
        types.returned(
            Syntax.outermost(definition.getDeclarator()),
            declarator,
            types.specifier(specifier, "<" + name + ">"));
    FunctionLowering lowering = new FunctionLowering(scope, name);
    lowering.parameters(declarator);
    List<Variable> parameters = List.copyOf(lowering.variables().all());
    List<Variable> variables;
    Cfg cfg;
    try {
      cfg = lowering.body(definition.getBody());
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
        linkage(scope, definition, nameNode),
        arm == Arm.PRIMARY ? Function.Arm.PRIMARY : Function.Arm.ALTERNATIVE,
        returned,
        variables,
        annotations(scope, definition, nameNode),
        position,
        scope.positions().end(definition).line(),
        cfg);
  }

  private static Cfg unreachable() {
    return new Cfg(List.of(new BasicBlock(0, List.of(), new Terminator.Unreachable())));
  }

  private Linkage linkage(UnitScope scope, IASTFunctionDefinition definition, IASTName name) {
    IASTDeclSpecifier specifier = definition.getDeclSpecifier();
    if (specifier.getStorageClass() == IASTDeclSpecifier.sc_static) {
      return specifier.isInline() ? Linkage.STATIC_INLINE : Linkage.STATIC;
    }
    return head(scope, definition, name).contains("__weak") ? Linkage.WEAK : Linkage.GLOBAL;
  }

  /** The text of a definition before its name, attributes included. */
  private String head(UnitScope scope, IASTFunctionDefinition definition, IASTName name) {
    int start = scope.positions().offset(definition);
    int line = parsed.text().lineStart(parsed.text().line(start));
    int end = scope.positions().offset(name);
    return line <= end ? parsed.text().substring(line, end) : "";
  }

  /** Lock annotations, and {@code __init} or {@code __exit} for code that runs once. */
  private List<String> annotations(
      UnitScope scope, IASTFunctionDefinition definition, IASTName name) {
    List<String> all =
        new ArrayList<>(annotations.getOrDefault(scope.positions().offset(name), List.of()));
    List<String> words = List.of(head(scope, definition, name).split("\\W+"));
    ONCE.stream().filter(words::contains).forEach(all::add);
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
