// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.syntax.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the parser says about one file. It depends on the file's bytes alone.
 *
 * <p>Conventions of the trees, which differ from the file where C without headers needs it:
 *
 * <ul>
 *   <li>A loop macro {@code for_each_x(a, b) body} is {@code for (; for_each_x(a, b); ) body}.
 *   <li>A type handed to a macro or function is {@code sizeof(type)} there: {@code container_of(p,
 *       sizeof(struct foo), member)}. A bare typedef name stays a plain name.
 *   <li>A variable macro that the dictionary knows declares its variable: {@code LIST_HEAD(tmp);}
 *       is {@code struct list_head tmp = LIST_HEAD(tmp);}, at file level without the initialiser.
 *   <li>{@code asm goto} is a block with the assembly and {@code if (__asm_goto()) goto label;} for
 *       each label; {@code do body macro(x);} is {@code do body while (macro(x));}.
 *   <li>The members of {@code struct_group} are members of the struct around it.
 *   <li>Words beside string literals are gone: {@code KERN_ERR "x" PRIu64} is {@code "x"}.
 *   <li>Macros of the file itself are expanded; the nodes stand where the macro is used.
 *   <li>An empty argument is {@code 0}; a statement as argument is {@code ({ statement; })}.
 *   <li>Unknown attributes are gone; {@code __free} and lock annotations are in side tables.
 * </ul>
 */
public final class ParsedUnit {
  private final String path;
  private final SourceText text;
  private final List<ParsedArm> arms;
  private final FileFacts facts;
  private final List<FunctionSpan> functions;
  private final List<ParseProblem> problems;
  private final Map<Integer, CleanupVariable> cleanupByOffset = new HashMap<>();

  ParsedUnit(String path, SourceText text, List<ParsedArm> arms, FileFacts facts, Coverage cover) {
    this.path = path;
    this.text = text;
    this.arms = List.copyOf(arms);
    this.facts = facts;
    this.functions = List.copyOf(cover.functions());
    this.problems = List.copyOf(cover.problems());
    for (CleanupVariable cleanup : facts.cleanups()) {
      cleanupByOffset.put(cleanup.offset(), cleanup);
    }
  }

  /** The path the file was parsed under; the result does not depend on it. */
  public String path() {
    return path;
  }

  /** The text of the file. */
  public SourceText text() {
    return text;
  }

  /** The trees, primary ones first; empty for a file without declarations. */
  public List<ParsedArm> arms() {
    return arms;
  }

  /**
   * Where a node stands in the file. A node that came out of a macro expansion stands where the
   * macro is used.
   */
  public Position position(Node node) {
    return text.position(node.first(), node.last() + 1);
  }

  /** The includes of the arms taken, in file order. */
  public List<Include> includes() {
    return facts.includes();
  }

  /**
   * The macro definitions outside disabled arms, in file order, but for those whose replacement is
   * a constant or nothing; made anew at each call.
   */
  public List<MacroDefinition> macros() {
    return facts.macros().get();
  }

  /** Macros used as declarations at file level, in file order. */
  public List<MacroInvocation> invocations() {
    return facts.invocations();
  }

  /** The variables declared with {@code __free}, in file order. */
  public List<CleanupVariable> cleanups() {
    return facts.cleanups();
  }

  /** The cleanup of the variable whose name starts at a file offset. */
  public Optional<CleanupVariable> cleanup(int nameOffset) {
    return cleanupByOffset.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(cleanupByOffset.get(nameOffset));
  }

  /** Lock annotations of functions, in file order. */
  public List<LockAnnotation> lockAnnotations() {
    return facts.lockAnnotations();
  }

  /** The functions of all trees with what could not be parsed in each, in file order. */
  public List<FunctionSpan> functions() {
    return functions;
  }

  /** Everything that could not be parsed, in file order. */
  public List<ParseProblem> problems() {
    return problems;
  }

  /** The arms that no tree contains, in file order. */
  public List<SkippedArm> skippedArms() {
    return facts.skippedArms();
  }
}
