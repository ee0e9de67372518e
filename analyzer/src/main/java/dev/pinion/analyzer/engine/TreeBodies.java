// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.link.IrSource;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Bodies of a tree's functions, lowered when asked for. */
final class TreeBodies implements IrSource {
  private static final Unit EMPTY =
      new Unit(
          new Declarations(
              List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
          List.of(),
          List.of());

  private final SourceTree tree;
  private final UnitCache cache;
  private final Function<byte[], Unit> frontEnd;

  TreeBodies(SourceTree tree, UnitCache cache, Function<byte[], Unit> frontEnd) {
    this.tree = tree;
    this.cache = cache;
    this.frontEnd = frontEnd;
  }

  @Override
  public Unit unit(String path) {
    Optional<SourceFile> file = tree.file(path);
    return file.isEmpty() ? EMPTY : cache.get(file.get().blobId(), () -> lower(file.get()));
  }

  /** A file that has changed under us since it was listed is not this tree's file any more. */
  private Unit lower(SourceFile file) {
    try {
      return frontEnd.apply(tree.read(file).bytes());
    } catch (SourceException e) {
      return EMPTY;
    }
  }
}
