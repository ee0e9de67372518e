// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.List;

/**
 * What to report. The whole tree is always the context; this only narrows what is said.
 *
 * @param paths prefixes from the tree's root (a file, or a folder without trailing slash); empty
 *     for everything
 * @param rules ids to run; empty for all
 */
public record ScanRequest(List<String> paths, List<String> rules) {
  public static final ScanRequest EVERYTHING = new ScanRequest(List.of(), List.of());

  public ScanRequest {
    paths = List.copyOf(paths);
    rules = List.copyOf(rules);
  }

  /** Whether findings and problems in {@code file} are asked for. */
  public boolean covers(String file) {
    if (paths.isEmpty()) {
      return true;
    }
    for (String path : paths) { // Asked of each file of a tree, so nothing is made on the way.
      if (file.startsWith(path)
          && (file.length() == path.length() || file.charAt(path.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
