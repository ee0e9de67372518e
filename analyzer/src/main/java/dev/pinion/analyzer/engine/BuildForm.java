// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.KbuildCodec;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildReader;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.store.FactKind;
import java.nio.charset.StandardCharsets;

/**
 * Facts of Makefiles, Kbuild and Kconfig files. The kind of file decides how its bytes are read.
 */
record BuildForm(SourceFile.Kind files, Sharing sharing) implements FactsCache.Form<KbuildFacts> {
  static final FactKind MAKEFILES = new FactKind(2, 1, FactKind.Packing.PLAIN);
  static final FactKind KCONFIGS = new FactKind(3, 1, FactKind.Packing.PLAIN);

  @Override
  public FactKind kind() {
    return files == SourceFile.Kind.KCONFIG ? KCONFIGS : MAKEFILES;
  }

  @Override
  public byte[] compute(SourceFile file, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return KbuildCodec.encode(
        files == SourceFile.Kind.KCONFIG
            ? KbuildReader.kconfig(text)
            : KbuildReader.makefile(text));
  }

  @Override
  public KbuildFacts decode(byte[] facts) {
    return KbuildCodec.decode(facts, sharing);
  }

  @Override
  public KbuildFacts unreadable(String why) {
    return KbuildReader.makefile("");
  }
}
