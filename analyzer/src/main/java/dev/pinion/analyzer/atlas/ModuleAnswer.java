// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.ModuleMap;
import java.util.List;

/**
 * What a file or an exported symbol belongs to.
 *
 * @param subject the path or the name asked for
 * @param modules that the file, or the files that define or export the symbol, are linked into
 * @param exports of that file, or of that symbol, by name and place
 */
public record ModuleAnswer(String subject, List<ModuleMap.Module> modules, List<Exported> exports) {
  public ModuleAnswer {
    modules = List.copyOf(modules);
    exports = List.copyOf(exports);
  }

  /**
   * One export and who uses it.
   *
   * @param importers users in other modules, in path order; not asked for exports of a file
   */
  public record Exported(Export export, List<Importer> importers) {
    public Exported {
      importers = List.copyOf(importers);
    }
  }

  /** How another module uses a symbol. */
  public enum Use {
    CALL,
    /** Its address is taken. */
    REFERENCE,
    /** Looked up at run time. */
    LOOKUP
  }

  /**
   * A function, or a table at file level, that uses the symbol.
   *
   * @param modules that its file is linked into, by name
   */
  public record Importer(Place place, Use use, List<String> modules)
      implements Comparable<Importer> {
    public Importer {
      modules = List.copyOf(modules);
    }

    @Override
    public int compareTo(Importer other) {
      int order = place.compareTo(other.place);
      return order != 0 ? order : use.compareTo(other.use);
    }
  }
}
