// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import java.util.List;

/**
 * What a macro or function of the kernel means as flow of control and values. One row of {@code
 * idioms.txt} each; argument numbers count from 0.
 */
sealed interface Idiom {
  /** The macro is its argument, as a value and as a place: {@code likely(x)}, {@code READ_ONCE}. */
  record Transparent(int argument) implements Idiom {}

  /** The macro is the truth of its argument: {@code WARN_ON(x)}. */
  record Truth(int argument) implements Idiom {}

  /** A computation without effect, such as {@code IS_ERR(p)}: a compound value, not a call. */
  record Pure() implements Idiom {}

  /** The call does not return. */
  record NoReturn() implements Idiom {}

  /** Nothing follows if the argument holds: {@code BUG_ON(x)}. */
  record Assertion(int argument) implements Idiom {}

  /**
   * The call stays and also assigns: {@code WRITE_ONCE(x, v)}.
   *
   * @param target the argument that is assigned to
   * @param through whether the target is the argument or what it points to
   * @param value the argument that is assigned
   */
  record Store(int target, Through through, int value) implements Idiom {}

  /** How an argument names a place. */
  enum Through {
    PLACE,
    POINTER
  }

  /** The value moves out and leaves {@code rest} behind: {@code no_free_ptr(p)}. */
  record Take(int argument, long rest) implements Idiom {}

  /** Returns what {@link Take} takes: {@code return_ptr(p);}. */
  record ReturnTaken(int argument) implements Idiom {}

  /**
   * The object around a member: {@code container_of(p, type, member)}.
   *
   * @param pointer the argument that points to the member
   * @param type the argument that names the type
   * @param member the argument that names the member
   * @param via a field of what the pointer points to that holds the real pointer, as in {@code
   *     list_first_entry}; or empty
   * @param missing whether there may be no such object, and the result is null then
   */
  record Container(int pointer, int type, int member, String via, Missing missing)
      implements Idiom {}

  /** When a container idiom gives null. */
  enum Missing {
    NEVER,
    /** If the pointer is null. */
    NULL_POINTER,
    /** If the pointer leads back to where it started: an empty list. */
    SELF
  }

  /** The next or previous element: {@code list_next_entry(pos, member)}. */
  record Neighbour(int element, int member, String via) implements Idiom {}

  /** A call whose result points to the type that an argument names. */
  record Typed(int type) implements Idiom {}

  /** Declares the variable its argument names, of {@code struct type}, and initialises it. */
  record Declares(int argument, String type) implements Idiom {}

  /** The macro itself evaluates this argument, perhaps often: {@code wait_event(wq, cond)}. */
  record Lazy(int argument) implements Idiom {}

  /**
   * A loop macro.
   *
   * @param cursor the argument that each round assigns
   * @param also further arguments that each round assigns; they get {@code next(cursor)}
   */
  record Cursor(int cursor, List<Integer> also) implements Idiom {
    public Cursor {
      also = List.copyOf(also);
    }
  }

  /** A loop macro that declares its cursor, as {@code struct type *}, with a cleanup. */
  record DeclaredCursor(int cursor, String type, String cleanup) implements Idiom {}

  /** {@code guard(name)(arguments);}: held until the end of the scope. */
  record Guard() implements Idiom {}

  /** {@code CLASS(name, variable)(arguments);}. */
  record ScopedClass() implements Idiom {}

  /** {@code scoped_guard(name, arguments) statement}. */
  record ScopedGuard() implements Idiom {}

  /** {@code scoped_cond_guard(name, failure, arguments) statement}. */
  record ScopedConditionalGuard() implements Idiom {}
}
