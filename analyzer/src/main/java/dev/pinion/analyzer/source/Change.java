// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.List;

/**
 * One step of a {@link History}: a commit, or a patch that came by mail.
 *
 * @param id names it among the steps of its history
 * @param name what it is called in front of its title: {@code 123456789abc}, {@code 3/9}
 * @param title its subject, without prefixes
 * @param parents ids of the states it builds on; more than one for a merge, none for a first commit
 */
public record Change(String id, String name, String title, List<String> parents) {
  /** Copies the list. */
  public Change {
    parents = List.copyOf(parents);
  }

  /** As kernel developers quote a commit: {@code 123456789abc ("net: a subject")}. */
  public String quoted() {
    return "%s (\"%s\")".formatted(name, title);
  }
}
