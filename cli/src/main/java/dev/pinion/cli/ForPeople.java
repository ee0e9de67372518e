// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.cli.Surroundings.Terminal;
import java.util.Locale;

/** Whether to do something that only people like: {@code --progress}, {@code --color}. */
enum ForPeople {
  AUTO,
  ALWAYS,
  NEVER;

  boolean on(Terminal terminal) {
    return this == ALWAYS || (this == AUTO && terminal == Terminal.YES);
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
