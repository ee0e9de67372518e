// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.rule.Tier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are one of a few words; they are typed in lower case. */
final class Words {
  private Words() {}

  /** What can be typed for a tier. */
  static final class Tiers implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words(Tier.class).iterator();
    }
  }

  /** Teaches a command line, and the commands below it, to read them. */
  static void register(CommandLine line) {
    for (Class<? extends Enum<?>> type :
        List.of(
            Tier.class,
            FailOn.class,
            ForPeople.class,
            FormatName.class,
            RulesCommand.TableFormat.class,
            CoverageCommand.LedgerFormat.class,
            StoreOptions.StateFormat.class,
            AtlasOptions.AnswerFormat.class)) {
      add(line, type);
    }
  }

  private static <E extends Enum<?>> void add(CommandLine line, Class<E> type) {
    line.registerConverter(type, word -> parse(type, word));
  }

  private static <E extends Enum<?>> E parse(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> lower(constant).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of: %s".formatted(word, String.join(", ", words(type)))));
  }

  private static List<String> words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::lower).toList();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
