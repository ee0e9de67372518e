// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of idioms, read from the resource {@code idioms.txt} beside this class. */
final class Idioms {
  /** The kernel's idioms; immutable. */
  static final Idioms KERNEL = load();

  private static final String RESOURCE = "idioms.txt";

  private final Map<String, Idiom> byName;
  private final List<String> conditionalGuards;

  private Idioms(Map<String, Idiom> byName, List<String> conditionalGuards) {
    this.byName = new HashMap<>(byName); // Asked for every call: faster than an immutable map.
    this.conditionalGuards = List.copyOf(conditionalGuards);
  }

  /** The meaning of a name, or null if it is an ordinary call. */
  @Nullable Idiom of(String name) {
    return byName.get(name);
  }

  /** Whether a guard of this class may fail to acquire: {@code mutex_try}. */
  boolean isConditionalGuard(String guard) {
    return conditionalGuards.stream().anyMatch(guard::endsWith);
  }

  private static Idioms load() {
    try (InputStream stream = Idioms.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return parse(
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
              .lines()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads rows {@code name kind argument…}; the row {@code * kind…} holds suffixes of guards. */
  static Idioms parse(List<String> lines) {
    Map<String, Idiom> rows = new HashMap<>();
    List<String> suffixes = List.of();
    for (String line : lines) {
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (text.isEmpty()) {
        continue;
      }
      List<String> words = Arrays.asList(text.split("\\s+"));
      if (words.get(0).equals("*")) {
        suffixes = words.subList(2, words.size());
        continue;
      }
      Idiom old = rows.put(words.get(0), row(words.get(1), words.subList(2, words.size())));
      if (old != null) {
        throw new IllegalArgumentException("two rows for " + words.get(0));
      }
    }
    return new Idioms(rows, suffixes);
  }

  private static Idiom row(String kind, List<String> a) {
    return switch (kind) {
      case "transparent" -> new Idiom.Transparent(number(a, 0));
      case "truth" -> new Idiom.Truth(number(a, 0));
      case "pure" -> new Idiom.Pure();
      case "no-return" -> new Idiom.NoReturn();
      case "assertion" -> new Idiom.Assertion(number(a, 0));
      case "store" -> new Idiom.Store(number(a, 0), Idiom.Through.PLACE, number(a, 1));
      case "store-through" -> new Idiom.Store(number(a, 0), Idiom.Through.POINTER, number(a, 1));
      case "take" -> new Idiom.Take(number(a, 0), a.size() > 1 ? number(a, 1) : 0);
      case "return-taken" -> new Idiom.ReturnTaken(number(a, 0));
      case "container" -> container(a, Idiom.Missing.NEVER);
      case "container-or-null" -> container(a, Idiom.Missing.NULL_POINTER);
      case "container-unless-self" -> container(a, Idiom.Missing.SELF);
      case "neighbour" -> new Idiom.Neighbour(number(a, 0), number(a, 1), a.get(2));
      case "typed" -> new Idiom.Typed(number(a, 0));
      case "declares" -> new Idiom.Declares(number(a, 0), a.get(1));
      case "lazy" -> new Idiom.Lazy(number(a, 0));
      case "cursor" ->
          new Idiom.Cursor(
              number(a, 0), a.subList(1, a.size()).stream().map(Integer::parseInt).toList());
      case "declared-cursor" -> new Idiom.DeclaredCursor(number(a, 0), a.get(1), a.get(2));
      case "guard" -> new Idiom.Guard();
      case "class" -> new Idiom.ScopedClass();
      case "scoped-guard" -> new Idiom.ScopedGuard();
      case "scoped-cond-guard" -> new Idiom.ScopedConditionalGuard();
      default -> throw new IllegalArgumentException("unknown kind of idiom: " + kind);
    };
  }

  private static Idiom container(List<String> a, Idiom.Missing missing) {
    String via = a.size() > 3 ? a.get(3) : "";
    return new Idiom.Container(number(a, 0), number(a, 1), number(a, 2), via, missing);
  }

  private static int number(List<String> arguments, int index) {
    return Integer.parseInt(arguments.get(index));
  }
}
