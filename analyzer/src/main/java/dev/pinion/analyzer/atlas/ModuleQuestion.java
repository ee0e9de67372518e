// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import dev.pinion.analyzer.atlas.ModuleAnswer.Exported;
import dev.pinion.analyzer.atlas.ModuleAnswer.Importer;
import dev.pinion.analyzer.atlas.ModuleAnswer.Use;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrappers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Answers {@code atlas module}. */
final class ModuleQuestion {
  private final Program program;
  private final ModuleMap modules;
  private final Exports exports;

  ModuleQuestion(Program program) {
    this.program = program;
    this.modules = ModuleMap.of(program);
    this.exports = Exports.of(program);
  }

  ModuleAnswer ofFile(String path) {
    List<Exported> all = new ArrayList<>();
    for (Export export : exports.in(path)) {
      all.add(new Exported(export, List.of()));
    }
    return new ModuleAnswer(path, modules.modulesOf(path), all);
  }

  ModuleAnswer ofSymbol(String symbol) {
    SortedSet<String> files = new TreeSet<>();
    List<Exported> all = new ArrayList<>();
    for (Export export : exports.of(symbol)) {
      files.add(export.location().file());
      all.add(new Exported(export, importers(symbol, export.location().file())));
    }
    if (files.isEmpty()) {
      program.functions(symbol).forEach(f -> files.add(f.file()));
    }
    SortedSet<ModuleMap.Module> owners = new TreeSet<>();
    files.forEach(f -> owners.addAll(modules.modulesOf(f)));
    return new ModuleAnswer(symbol, List.copyOf(owners), all);
  }

  boolean knows(String symbol) {
    return !exports.of(symbol).isEmpty() || !program.functions(symbol).isEmpty();
  }

  /** Users outside of the exporter's module. */
  private List<Importer> importers(String symbol, String exporter) {
    SortedSet<Importer> all = new TreeSet<>();
    for (FunctionRef definition : program.functions(symbol)) {
      if (!isExported(definition, exporter)) {
        continue;
      }
      for (FunctionRef caller : program.callersOf(definition)) {
        add(Place.of(caller, program), Use.CALL, exporter, all);
      }
      for (Handout handout : new Handouts(program).of(definition)) {
        add(handout.place(), use(handout), exporter, all);
      }
    }
    return List.copyOf(all);
  }

  private boolean isExported(FunctionRef definition, String exporter) {
    return definition.file().equals(exporter) || modules.sameModule(definition.file(), exporter);
  }

  private Use use(Handout handout) {
    return !handout.registrar().isEmpty()
            && SymbolWrappers.of(program)
                .find(handout.registrar(), handout.place().location().file())
                .filter(SymbolWrapper::takes)
                .isPresent()
        ? Use.LOOKUP
        : Use.REFERENCE;
  }

  private void add(Place place, Use use, String exporter, SortedSet<Importer> into) {
    String file = place.location().file();
    if (!modules.sameModule(file, exporter)) {
      List<String> names =
          modules.modulesOf(file).stream().map(ModuleMap.Module::name).distinct().sorted().toList();
      into.add(new Importer(place, use, names));
    }
  }
}
