// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.store.FactKind;

/**
 * Facts of C files and headers.
 *
 * @param units keeps the bodies of what is parsed
 */
record CodeForm(FactExtractor extractor, Sharing sharing, UnitCache units)
    implements FactsCache.Form<FileFacts> {
  private static final FactKind KIND = new FactKind(1, 1, FactKind.Packing.DEFLATED);

  @Override
  public FactKind kind() {
    return KIND;
  }

  @Override
  public byte[] compute(SourceFile file, Content content) {
    Unit unit = FrontEnd.unit(content.bytes());
    units.keep(content.blobId(), unit.functions());
    return FactsCodec.encode(extractor.extract(unit));
  }

  @Override
  public FileFacts decode(byte[] facts) {
    return FactsCodec.decode(facts, sharing);
  }

  @Override
  public FileFacts unreadable(String why) {
    return FileFacts.unreadable(new Problem(Problem.Kind.UNREADABLE, 1, "", why));
  }
}
