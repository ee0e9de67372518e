// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Commands by name, in the order of help, of which only the one that is named is made: what a
 * command can be given is learnt by reflection, which for all of them takes as long as a small
 * question to the store.
 */
final class CommandChoice {
  private final Map<String, Supplier<Object>> all = new LinkedHashMap<>();

  /**
   * Offers a command.
   *
   * @param name as its annotation says
   * @param make the command, or a line of it with commands below
   */
  CommandChoice with(String name, Supplier<Object> make) {
    all.put(name, make);
    return this;
  }

  /**
   * Adds the command that the first word names; or all of them, to be shown or looked for, if it
   * names none.
   */
  void addTo(CommandLine line, List<String> words) {
    Supplier<Object> named = words.isEmpty() ? null : all.get(words.get(0));
    if (named != null) {
      line.addSubcommand(named.get());
    } else {
      all.values().forEach(make -> line.addSubcommand(make.get()));
    }
  }
}
