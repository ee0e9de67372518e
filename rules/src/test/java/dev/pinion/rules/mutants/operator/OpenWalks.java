// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whether anybody may go along a node field without a lock other than by an RCU iterator of which
 * the struct is known: by a plain iterator inside a section, by an iterator whose struct is not
 * known, or by hand.
 */
final class OpenWalks {
  private final Program program;
  private final Texts texts;
  private final FieldRef field;
  private final String name;

  OpenWalks(Site site, FieldRef field) {
    this.program = site.program();
    this.texts = site.texts();
    this.field = field;
    this.name = field.field().substring(field.field().lastIndexOf('.') + 1);
  }

  /** Whether it is certain that nobody does. */
  boolean noneUnderRcu() {
    return ListUses.of(program).of(field).stream().noneMatch(this::isUnderRcu)
        && ListUses.of(program).unresolved().stream().noneMatch(this::mayBeOurs)
        && !isWalkedByHand();
  }

  private boolean isUnderRcu(ListUses.Use use) {
    return use.api().does("list", "walk", "peek")
        && (use.api().is("rcu")
            || Contexts.of(program).at(use.function(), use.operation().position()).inSection());
  }

  /** A use of an unknown struct under the same member name, or of no member at all nearby. */
  private boolean mayBeOurs(ListUses.Use use) {
    return use.api().does("list", "walk", "peek")
        && use.operation().operands().stream()
            .anyMatch(
                o ->
                    o.path().root().equals(name)
                        || o.path().steps().stream().anyMatch(s -> s.toString().endsWith(name)));
  }

  /**
   * By its links, or from an entry that a walk over bare nodes has come to; whoever does so names
   * the member.
   */
  private boolean isWalkedByHand() {
    Pattern byHand =
        Pattern.compile(
            "\\b"
                + Pattern.quote(name)
                + "\\s*(\\.|->)\\s*(next|first)\\b|\\w*(_entry|container_of)\\w*\\s*\\([^;{}]*\\b"
                + Pattern.quote(name)
                + "\\s*[,)]|rcu\\w*\\s*\\([^;{}]*\\b"
                + Pattern.quote(name)
                + "\\b");
    TreeSet<String> files = new TreeSet<>();
    for (ListUses.Use use : ListUses.of(program).of(field)) {
      files.add(use.function().file());
    }
    files.addAll(program.files(Term.OPERAND, name));
    files.addAll(program.files(Term.MENTION, name));
    return files.stream().anyMatch(f -> mayWalk(f, byHand));
  }

  private boolean mayWalk(String file, Pattern byHand) {
    String text = texts.of(file).text();
    return text.contains("rcu") && byHand.matcher(uses(text)).find();
  }

  /** Without the operations that the model knows: they are judged by what their facts say. */
  private String uses(String text) {
    StringBuilder names = new StringBuilder();
    for (Api api : program.model().family("list")) {
      names.append(names.length() == 0 ? "" : "|").append(api.name());
    }
    return Pattern.compile(
            "\\b(" + names + ")\\s*\\([^;{}]*?\\b" + Pattern.quote(name) + "\\s*[,)]")
        .matcher(text)
        .replaceAll(";");
  }
}
