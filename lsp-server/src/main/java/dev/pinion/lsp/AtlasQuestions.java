// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.atlas.CountedAnswer;
import dev.pinion.analyzer.atlas.FieldAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What an editor asks the atlas, on the thread that analyses. */
final class AtlasQuestions {
  /** A header with hundreds of lists, of which nobody reads all lenses. */
  private static final int MOST_LENSES = 40;

  private final Atlas atlas;

  AtlasQuestions(Atlas atlas) {
    this.atlas = atlas;
  }

  /**
   * What is to be said of a word.
   *
   * @param line 1-based
   * @param text how it is said
   * @return Markdown; empty if the atlas knows nothing of it
   */
  String about(PointedWord word, String file, int line, AtlasText text) {
    if (word.kind() == PointedWord.Kind.TAG) {
      return counted(word.word(), "", text);
    }
    if (!word.callee().isEmpty() && atlas.namesSymbols(word.callee(), file)) {
      return said(atlas.moduleOfSymbol(word.word()), text::module);
    }
    return atlas.memberAt(file, line, word.word()).map(m -> member(m, text)).orElse("");
  }

  /** What is to be said of {@code STRUCT.FIELD}: a list, a lock, or a counter. */
  private String member(String member, AtlasText text) {
    String list = said(atlas.field(member), text::field);
    if (!list.isEmpty()) {
      return list;
    }
    String lock = said(atlas.lock(member), text::lock);
    int dot = member.lastIndexOf('.');
    return lock.isEmpty() && dot > 0
        ? counted(member.substring(0, dot), member.substring(dot + 1), text)
        : lock;
  }

  /**
   * @param counter the only one to tell of; empty for all
   */
  private String counted(String struct, String counter, AtlasText text) {
    return said(
        atlas.counted(struct),
        answer ->
            text.counted(
                new CountedAnswer(
                    answer.struct(),
                    answer.counters().stream()
                        .filter(c -> counter.isEmpty() || isIn(counter, c.path()))
                        .toList())));
  }

  /** A counter may stand deeper in the member, as in a {@code kref}. */
  private static boolean isIn(String member, String path) {
    return path.equals(member) || path.startsWith(member + ".");
  }

  /**
   * A page about what a name stands for.
   *
   * @param noun as of the command line: field, counted, lock, module
   */
  Optional<String> page(String noun, String name, AtlasText text) {
    String page =
        switch (noun) {
          case "field" -> said(atlas.field(name), text::field);
          case "counted" -> said(atlas.counted(name), text::counted);
          case "lock" -> said(atlas.lock(name), text::lock);
          case "module" -> said(atlas.moduleOfSymbol(name), text::module);
          default -> member(name, text);
        };
    return page.isEmpty() ? Optional.empty() : Optional.of(page);
  }

  /** The RCU lists of a file's structs, in its order. */
  List<FieldAnswer> rcuLists(String file) {
    List<FieldAnswer> all = new ArrayList<>();
    for (String member : atlas.rcuListsIn(file).stream().limit(MOST_LENSES).toList()) {
      if (atlas.field(member) instanceof Answer.Found<List<FieldAnswer>> found) {
        found.value().stream().filter(f -> f.definedAt().file().equals(file)).forEach(all::add);
      }
    }
    return all;
  }

  private static <T> String said(Answer<List<T>> answer, Function<T, String> text) {
    return answer instanceof Answer.Found<List<T>> found
        ? String.join(
            "\n\n",
            found.value().stream()
                .map(text)
                .filter(t -> !Objects.requireNonNull(t).isEmpty())
                .toList())
        : "";
  }
}
