// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves the conditional directives of a file: every token and directive gets a reading, and the
 * arms that no reading contains go to the ledger.
 *
 * <p>One arm of each group is taken: the first true one, or, while conditions are unknown, the one
 * with the most tokens. Arms not taken at file level belong to the other reading if their brackets
 * are balanced.
 */
final class Conditionals {
  private static final int FILTER_MASK = 0x3ff;

  static final byte LIVE = 0;
  static final byte OTHER = 1;

  /** Not taken and inside something: its definitions still count as facts. */
  static final byte SKIPPED = 2;

  /** Switched off as written. */
  static final byte DISABLED = 3;

  private final SourceText text;
  private final Tokens tokens;
  private final List<Directive> directives;
  private final Words words;

  /** Index of the next arm or the end of each group, by directive. */
  private final int[] next;

  private final byte[] readings;
  private final Map<String, Condition.Definition> definitions = new HashMap<>();

  /** The words of all conditions: only their definitions matter here. */
  private final Set<String> tested = new HashSet<>();

  /** Their hashes, cut short: most definitions are none of theirs, and no text is made of them. */
  private final BitSet testedHashes = new BitSet();

  private final List<SkippedArm> skipped = new ArrayList<>();
  private final Tokens live;
  private final Tokens other;

  /** How many brackets are open, by reading. */
  private final int[] depth = new int[2];

  Conditionals(SourceText text, Tokens tokens, List<Directive> directives, Words words) {
    this.text = text;
    this.tokens = tokens;
    this.directives = directives;
    this.words = words;
    this.next = new int[directives.size()];
    this.readings = new byte[directives.size()];
    this.live = tokens.inPlace();
    this.other = new Tokens(tokens.source, 0);
    link();
    resolve();
  }

  /** The tokens of the arms taken; they stand in the memory of those of the whole file. */
  Tokens live() {
    return live;
  }

  /** The tokens of the other reading. */
  Tokens other() {
    return other;
  }

  /** The reading of each directive. */
  byte reading(int directive) {
    return readings[directive];
  }

  /** The arms that belong to no reading. */
  List<SkippedArm> skipped() {
    return skipped;
  }

  private void link() {
    int[] open = new int[directives.size()];
    int depthOfGroups = 0;
    Arrays.fill(next, -1);
    for (int i = 0; i < directives.size(); i++) {
      Directive.Type type = directives.get(i).type();
      if (type.opens() || type.continues()) {
        noteTested(directives.get(i));
      }
      if (type.opens()) {
        open[depthOfGroups++] = i;
      } else if (depthOfGroups > 0 && type.continues()) {
        next[open[depthOfGroups - 1]] = i;
        open[depthOfGroups - 1] = i;
      } else if (depthOfGroups > 0 && type == Directive.Type.ENDIF) {
        next[open[--depthOfGroups]] = i;
      }
    }
  }

  private void noteTested(Directive directive) {
    Tokens body = body(directive);
    for (int i = 0; i < body.count; i++) {
      if (Kind.isWord(body.kinds[i])) {
        tested.add(body.text(i));
        testedHashes.set(body.hashes[i] & FILTER_MASK);
      }
    }
  }

  /** A group whose arms are being read. */
  private static final class Group {
    private final byte outer;
    private final int chosen;
    private final boolean atFileLevel;
    private final Map<Integer, Condition.Truth> truths;

    Group(byte outer, int chosen, boolean atFileLevel, Map<Integer, Condition.Truth> truths) {
      this.outer = outer;
      this.chosen = chosen;
      this.atFileLevel = atFileLevel;
      this.truths = truths;
    }
  }

  private void resolve() {
    List<Group> groups = new ArrayList<>();
    byte reading = LIVE;
    int token = 0;
    for (int i = 0; i < directives.size(); i++) {
      Directive directive = directives.get(i);
      copy(token, directive.token(), reading);
      token = directive.token();
      Directive.Type type = directive.type();
      readings[i] = reading;
      if (type.opens()) {
        Group group = open(i, reading);
        groups.add(group);
        reading = readingOf(i, group);
      } else if (type.continues() && !groups.isEmpty()) {
        reading = readingOf(i, groups.get(groups.size() - 1));
      } else if (type == Directive.Type.ENDIF && !groups.isEmpty()) {
        reading = groups.remove(groups.size() - 1).outer;
      } else if (reading == LIVE && type == Directive.Type.DEFINE) {
        define(directive);
      } else if (reading == LIVE && type == Directive.Type.UNDEF) {
        definitions.remove(firstWord(directive));
      }
    }
    copy(token, tokens.count, reading);
  }

  private void copy(int from, int to, byte reading) {
    if (reading != LIVE && reading != OTHER) {
      return;
    }
    for (int i = from; i < to; i++) {
      int kind = tokens.kinds[i];
      if (Kind.isOpen(kind)) {
        depth[reading]++;
      } else if (Kind.isClose(kind)) {
        depth[reading]--;
      }
      if (kind == '}' && depth[reading] != 0 && tokens.atColumnZero(i)) {
        depth[reading] = 0;
      }
    }
    (reading == LIVE ? live : other).addAll(tokens, from, to);
  }

  private Group open(int first, byte reading) {
    Map<Integer, Condition.Truth> truths = new HashMap<>();
    int chosen = -1;
    long most = -1;
    boolean decided = false;
    for (int arm = first; arm >= 0 && !decided; arm = next[arm]) {
      if (directives.get(arm).type() == Directive.Type.ENDIF) {
        break;
      }
      Condition.Truth truth = truth(directives.get(arm));
      truths.put(arm, truth);
      decided = truth == Condition.Truth.TRUE || truth == Condition.Truth.ALWAYS;
      if (decided || truth == Condition.Truth.UNKNOWN) {
        long size = size(arm);
        if (size > most) {
          most = size;
          chosen = arm;
        }
      }
    }
    boolean atFileLevel = reading <= OTHER && isBetweenDeclarations(reading);
    return new Group(reading, chosen, atFileLevel, truths);
  }

  private boolean isBetweenDeclarations(byte reading) {
    Tokens before = reading == LIVE ? live : other;
    int last = before.kind(before.count - 1);
    return depth[reading] == 0 && (last == 0 || last == ';' || last == '}' || last == ')');
  }

  private long size(int arm) {
    int stop = next[arm];
    int tokenEnd = stop < 0 ? tokens.count : directives.get(stop).token();
    int end = stop < 0 ? text.length() : directives.get(stop).start();
    Directive directive = directives.get(arm);
    return (long) (tokenEnd - directive.token()) << 32 | (end - directive.end());
  }

  private Condition.Truth truth(Directive directive) {
    return switch (directive.type()) {
      case IFDEF, ELIFDEF -> Condition.defined(firstWord(directive), this::definition);
      case IFNDEF, ELIFNDEF ->
          switch (Condition.defined(firstWord(directive), this::definition)) {
            case TRUE, ALWAYS -> Condition.Truth.FALSE;
            case FALSE, NEVER -> Condition.Truth.TRUE;
            case UNKNOWN -> Condition.Truth.UNKNOWN;
          };
      case IF, ELIF -> Condition.evaluate(body(directive), this::definition);
      default -> Condition.Truth.TRUE;
    };
  }

  private byte readingOf(int arm, Group group) {
    if (arm == group.chosen || group.outer == DISABLED || group.outer == SKIPPED) {
      return group.outer;
    }
    Condition.Truth truth = group.truths.getOrDefault(arm, Condition.Truth.FALSE);
    boolean afterAlways = group.truths.containsValue(Condition.Truth.ALWAYS);
    int stop = next[arm];
    int tokenEnd = stop < 0 ? tokens.count : directives.get(stop).token();
    if (truth == Condition.Truth.NEVER || (afterAlways && truth == Condition.Truth.FALSE)) {
      ledger(arm, SkippedArm.Place.DISABLED);
      return DISABLED;
    }
    int from = directives.get(arm).token();
    if (from == tokenEnd) {
      return SKIPPED;
    }
    if (!group.atFileLevel || !isBalanced(from, tokenEnd)) {
      ledger(arm, group.atFileLevel ? SkippedArm.Place.FILE : SkippedArm.Place.INSIDE);
      return SKIPPED;
    }
    return OTHER;
  }

  private boolean isBalanced(int from, int to) {
    int open = 0;
    for (int i = from; i < to; i++) {
      int kind = tokens.kinds[i];
      open += Kind.isOpen(kind) ? 1 : Kind.isClose(kind) ? -1 : 0;
      if (open < 0) {
        return false;
      }
    }
    return open == 0;
  }

  private void ledger(int arm, SkippedArm.Place place) {
    int stop = next[arm];
    int first = text.line(directives.get(arm).end()) + 1;
    int last = stop < 0 ? text.lines() : text.line(directives.get(stop).start()) - 1;
    if (last >= first) {
      skipped.add(new SkippedArm(first, last, place));
    }
  }

  private Condition.Definition definition(String name) {
    return definitions.getOrDefault(name, Condition.Definition.UNKNOWN);
  }

  private void define(Directive directive) {
    if (tested.isEmpty() || !isTested(directive)) {
      return;
    }
    Tokens body = body(directive);
    Condition.Definition value = Condition.Definition.DEFINED;
    if (body.count == 2 && body.kinds[1] == Kind.NUMBER) {
      value =
          body.is(1, "0")
              ? Condition.Definition.ZERO
              : body.is(1, "1") ? Condition.Definition.ONE : Condition.Definition.DEFINED;
    }
    definitions.put(body.text(0), value);
  }

  private boolean isTested(Directive directive) {
    int start = directive.bodyStart();
    while (start < directive.end() && !Tokenizer.isWordStart(tokens.source[start])) {
      start++;
    }
    int end = start;
    while (end < directive.end() && Tokenizer.isWordPart(tokens.source[end])) {
      end++;
    }
    int hash = Words.hash(tokens.source, start, end);
    return testedHashes.get(hash & FILTER_MASK)
        && tested.contains(new String(tokens.source, start, end - start));
  }

  private String firstWord(Directive directive) {
    Tokens body = body(directive);
    return body.count == 0 ? "" : body.text(0);
  }

  private Tokens body(Directive directive) {
    return new Tokenizer(tokens.source, directive.bodyStart(), directive.end(), words)
        .body()
        .tokens();
  }
}
