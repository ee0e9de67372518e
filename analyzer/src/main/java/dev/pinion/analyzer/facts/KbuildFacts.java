// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import java.util.List;

/**
 * What one file of the build says: a Makefile or Kbuild, or a Kconfig. Its path is not part of it.
 * Nothing is expanded or decided here: that needs other files, and is the module map's part.
 *
 * @param assignments of variables that may name objects, in file order; both arms of conditionals
 * @param includes the words of "include" lines
 * @param symbols configuration symbols defined here that have a type
 */
public record KbuildFacts(
    List<Assignment> assignments, List<String> includes, List<Symbol> symbols) {
  public static final KbuildFacts NOTHING = new KbuildFacts(List.of(), List.of(), List.of());

  public KbuildFacts {
    assignments = List.copyOf(assignments);
    includes = List.copyOf(includes);
    symbols = List.copyOf(symbols);
  }

  /**
   * {@code variable += words}; all operators alike.
   *
   * @param variable the left side as written, {@code kvm-$(CONFIG_KVM_VFIO)}
   * @param words the right side as written, split at blanks outside of references
   * @param line 1-based
   */
  public record Assignment(String variable, List<String> words, int line) {
    public Assignment {
      words = List.copyOf(words);
    }
  }

  /** A {@code config} or {@code menuconfig} entry; the name has no {@code CONFIG_}. */
  public record Symbol(String name, Type type, int line) {}

  /** What values a symbol can have. */
  public enum Type {
    /** {@code y} or {@code n}. */
    BOOL,
    /** Also {@code m}. */
    TRISTATE,
    /** A number or a text: decides no object. */
    OTHER
  }
}
