// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.KbuildCodec;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.facts.KbuildReader;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Facts of Makefiles, Kbuild and Kconfig files: from the store, else from the file's bytes. They
 * always pass through their byte form, so that a warm scan cannot differ from a cold one.
 */
final class BuildFacts {
  static final FactKind MAKEFILES = new FactKind(2, 1, FactKind.Packing.PLAIN);
  static final FactKind KCONFIGS = new FactKind(3, 1, FactKind.Packing.PLAIN);

  private final FactStore store;
  private final Sharing shared = new RecentValues();

  BuildFacts(FactStore store) {
    this.store = store;
  }

  /** The facts of a file; never fails. */
  KbuildFacts facts(SourceTree tree, SourceFile file) {
    Optional<byte[]> known = store.get(file.blobId(), kind(file));
    try {
      return KbuildCodec.decode(known.isPresent() ? known.get() : compute(tree, file), shared);
    } catch (SourceException e) {
      return KbuildReader.makefile(""); // It says nothing; the listing's problems say why.
    }
  }

  private byte[] compute(SourceTree tree, SourceFile file) throws SourceException {
    Content content = tree.read(file);
    String text = new String(content.bytes(), StandardCharsets.UTF_8);
    byte[] facts =
        KbuildCodec.encode(
            file.kind() == SourceFile.Kind.KCONFIG
                ? KbuildReader.kconfig(text)
                : KbuildReader.makefile(text));
    // The id of what was read: the file may have changed since the tree was listed.
    store.put(content.blobId(), kind(file), facts);
    return facts;
  }

  private static FactKind kind(SourceFile file) {
    return file.kind() == SourceFile.Kind.KCONFIG ? KCONFIGS : MAKEFILES;
  }
}
