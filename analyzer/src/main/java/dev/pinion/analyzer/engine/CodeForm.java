// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.store.FactKind;

/** Facts of C files and headers. */
record CodeForm(FactExtractor extractor, Sharing sharing) implements FactsCache.Form<FileFacts> {
  static final FactKind KIND = new FactKind(1, 1, FactKind.Packing.DEFLATED);

  @Override
  public FactKind kind() {
    return KIND;
  }

  @Override
  public byte[] compute(SourceFile file, byte[] content) {
    return FactsCodec.encode(extractor.extract(FrontEnd.unit(content)));
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
