// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pinion.analyzer.facts.BodyCodec;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.link.IrSource;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.List;
import java.util.Optional;

/**
 * Bodies of a tree's functions, lowered when asked for. Those that were asked for are kept in the
 * store, each on its own: rules look into 12,000 of a kernel's 700,000 functions, and mostly into
 * the same ones after a change. All pass through their byte form, so that warm and cold cannot
 * differ.
 */
final class TreeBodies implements IrSource {
  static final FactKind KIND = new FactKind(6, 1, FactKind.Packing.DEFLATED);

  private final SourceTree tree;
  private final FactStore store;
  private final UnitCache cache;

  TreeBodies(SourceTree tree, FactStore store, UnitCache cache) {
    this.tree = tree;
    this.store = store;
    this.cache = cache;
  }

  @Override
  public Function body(String path, int index) {
    SourceFile file =
        tree.file(path).orElseThrow(() -> new IllegalArgumentException("no file " + path));
    Optional<Function> known = known(file.blobId(), index, store);
    if (known.isPresent()) {
      return known.get();
    }
    UnitCache.Lowered lowered = cache.get(file.blobId(), () -> lower(file));
    byte[] body = lowered.bodies().get(index);
    store.put(name(lowered.content(), index), KIND, body);
    return BodyCodec.decode(body);
  }

  @Override
  public Optional<Function> known(String path, int index) {
    return tree.file(path).flatMap(file -> known(file.blobId(), index, store));
  }

  /** A function of a file with that content, if the store has it. */
  static Optional<Function> known(BlobId content, int index, FactStore store) {
    return store.get(name(content, index), KIND).map(BodyCodec::decode);
  }

  private static BlobId name(BlobId content, int index) {
    return BlobId.of(("body " + index + " of " + content.hex()).getBytes(US_ASCII));
  }

  /** A file that has changed under us since it was listed is not this tree's file any more. */
  private UnitCache.Lowered lower(SourceFile file) {
    try {
      Content content = tree.read(file);
      return UnitCache.Lowered.of(content.blobId(), FrontEnd.unit(content.bytes()).functions());
    } catch (SourceException e) {
      return new UnitCache.Lowered(file.blobId(), List.of());
    }
  }
}
