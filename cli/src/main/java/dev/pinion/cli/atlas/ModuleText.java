// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.atlas.ModuleAnswer;
import dev.pinion.analyzer.atlas.ModuleAnswer.Exported;
import dev.pinion.analyzer.atlas.ModuleAnswer.Importer;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.cli.atlas.Page.Row;
import java.util.ArrayList;
import java.util.List;

/** {@code atlas module} for people. */
public final class ModuleText {
  private ModuleText() {}

  public static void write(ModuleAnswer answer, Page page) {
    page.title(answer.subject(), "");
    if (answer.modules().isEmpty()) {
      page.line("no Makefile links it into anything");
    } else {
      page.table(answer.modules().stream().map(m -> module(m, page)).toList());
    }
    exports(answer, page);
  }

  private static Row module(ModuleMap.Module module, Page page) {
    String kind =
        switch (module.kind()) {
          case BUILT_IN -> "built in";
          case LOADABLE -> "module";
          case UNKNOWN -> "module or built in";
        };
    return Row.of(module.name(), kind, page.path(module.makefile()) + ":" + module.line());
  }

  private static void exports(ModuleAnswer answer, Page page) {
    if (answer.exports().isEmpty()) {
      page.line("exports nothing");
      return;
    }
    page.heading("exports", answer.exports().size());
    page.table(answer.exports().stream().map(e -> export(e.export(), page)).toList());
    for (Exported exported : answer.exports()) {
      importers(exported.importers(), page);
    }
  }

  private static Row export(Export export, Page page) {
    List<String> how = new ArrayList<>();
    how.add(export.license() == Export.License.GPL ? "GPL only" : "any licence");
    if (!export.namespace().isEmpty()) {
      how.add("namespace " + export.namespace());
    }
    return Row.of(
        page.at(export.location()), export.symbol(), String.join(", ", how), export.macro());
  }

  private static void importers(List<Importer> importers, Page page) {
    if (importers.isEmpty()) {
      return;
    }
    page.heading("used by other modules", importers.size());
    page.table(
        importers.stream()
            .map(
                i ->
                    Row.of(
                        page.at(i.place().location()),
                        i.place().function().isEmpty() ? "" : i.place().function() + "()",
                        switch (i.use()) {
                          case CALL -> "calls";
                          case REFERENCE -> "takes its address";
                          case LOOKUP -> "looks it up";
                        },
                        i.modules().isEmpty() ? "-" : String.join(", ", i.modules())))
            .toList());
  }
}
