// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/** Tells the loops from the calls among the statements that start with a macro. */
final class MacroStatements {
  private final Shapes shapes;
  private final Draft draft;
  private final Tokens tokens;
  private final BlockShapes blocks;

  MacroStatements(Shapes shapes, BlockShapes blocks) {
    this.shapes = shapes;
    this.draft = shapes.draft;
    this.tokens = shapes.tokens;
    this.blocks = blocks;
  }

  int localMacro(int i, int end, int depth) {
    LocalMacro macro = shapes.local(i);
    boolean call = shapes.kind(i) == Kind.LOCAL_FUNCTION;
    int next = call ? draft.after(i + 1) : i + 1;
    boolean loop = call && isLoop(i, next, end);
    int after = next < end ? shapes.kind(next) : ';';
    if (call) {
      shapes.expressions.noteTypes(i + 1);
      shapes.expressions.expression(i + 2, next - 1, depth + 1);
    }
    if (next >= end && isInLoopMacro()) {
      shapes.noteUse(i, LocalMacro.Use.LOOP);
      return end;
    }
    if (macro != null && macro.isStatement()) {
      boolean head = loop && macro.startsHead();
      shapes.noteUse(i, head ? LocalMacro.Use.LOOP : LocalMacro.Use.STATEMENT);
      return after == ';' || after == ':' ? next + 1 : next;
    }
    if (loop) {
      shapes.noteUse(i, LocalMacro.Use.LOOP);
      return blocks.branch(next, end, depth);
    }
    shapes.noteUse(i, LocalMacro.Use.STATEMENT);
    if (!call && (Kind.isName(after) || after == '*')) {
      return blocks.declarationStatement(i, end, depth);
    }
    if (call && isNewStatement(next, end)) {
      draft.insertAfter(next - 1, ";");
      return next;
    }
    return blocks.expression(i, end, depth);
  }

  int call(int i, int end, int depth) {
    int close = draft.match[i + 1];
    shapes.expressions.arguments(i + 1, depth);
    int next = close + 1;
    while (shapes.kind(next) == '(' && !tokens.startsLine(next) && next < end) {
      shapes.expressions.arguments(next, depth);
      next = draft.after(next);
    }
    if (shapes.kind(i) == Kind.VARIABLE_MACRO || shapes.kind(i) == Kind.MEMBER_MACRO) {
      int declared = variable(i, next, end, depth);
      if (declared > 0) {
        return declared;
      }
    }
    if (shapes.kind(next) == ':' && next < end) {
      draft.insertBefore(i, "case ");
      return blocks.afterLabel(next, end);
    }
    if (isLoop(i, next, end)) {
      draft.insertBefore(i, "for (;");
      draft.insertAfter(next - 1, ";)");
      return blocks.branch(next, end, depth);
    }
    if (isNewStatement(next, end)) {
      draft.insertAfter(next - 1, ";");
      return next;
    }
    return blocks.expression(next, end, depth);
  }

  /** True if what follows a macro call is its body. */
  private boolean isLoop(int i, int next, int end) {
    if (next >= end) {
      return isInLoopMacro();
    }
    int kind = shapes.kind(next);
    if (kind == '{') {
      return true;
    }
    if (kind == ';') {
      return shapes.kind(i) == Kind.LOOP_MACRO;
    }
    if (!startsStatement(next, end)) {
      return false;
    }
    return isInLoopMacro()
        || !tokens.startsLine(next)
        || tokens.indentation(next) > tokens.indentation(i);
  }

  private boolean isNewStatement(int next, int end) {
    if (next >= end) {
      return end < tokens.count && shapes.kind(end) == '}';
    }
    return shapes.kind(next) == Kind.ELSE || startsStatement(next, end);
  }

  /** True if a token can start a statement and cannot continue an expression. */
  private boolean startsStatement(int i, int end) {
    int kind = shapes.kind(i);
    if (kind == Kind.ELSE) {
      return false;
    }
    if (Kind.isWord(kind)) {
      return true;
    }
    if (kind == '*' || kind == '(' || kind == Kind.POSTFIX) {
      return tokens.startsLine(i) && i + 1 < end && !isContinuation(i);
    }
    return false;
  }

  private boolean isContinuation(int i) {
    return tokens.is(i, "->")
        || (shapes.kind(i) == '*'
            && shapes.kind(i + 1) != '*'
            && !Kind.isName(shapes.kind(i + 1))
            && shapes.kind(i + 1) != '(');
  }

  /** In the body of a macro that is used as a loop, what follows a call is its body. */
  private boolean isInLoopMacro() {
    return shapes.within != null && shapes.within.use() == LocalMacro.Use.LOOP;
  }

  /** {@code LIST_HEAD(tmp);} becomes {@code struct list_head tmp = LIST_HEAD(tmp);}. */
  private int variable(int i, int next, int end, int depth) {
    String template = Words.standard().template(tokens.text(i));
    int kind = next < end ? shapes.kind(next) : 0;
    if (template.isEmpty() || (kind != ';' && kind != '=')) {
      return 0;
    }
    boolean initialised = kind == '=' || template.endsWith("]") || template.contains("extern");
    String call = tokens.text(i, next);
    shapes.templates.apply(i, template);
    if (!initialised) {
      draft.insertAfter(next - 1, " = " + call);
    }
    return blocks.expression(next, end, depth);
  }
}
