// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.report.TreeName;
import java.util.Optional;

/** Names trees in reports. */
final class TreeNames {
  private TreeNames() {}

  /** Names a tree; a version the user gave goes before the Makefile's. */
  static TreeName of(SourceTree tree, Optional<String> kernelVersion) {
    return new TreeName(
        tree.root(),
        tree.rev(),
        kernelVersion.or(() -> tree.kernelVersion().map(Object::toString)));
  }
}
