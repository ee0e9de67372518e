// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.atlas.ModuleAnswer;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.AtlasOptions.Question;
import dev.pinion.cli.atlas.ModuleText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pinion atlas module}: what a file or a symbol belongs to. */
@Command(
    name = "module",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints the modules a file is linked into, or a symbol comes from.",
      "Whether they can be loaded or are built in, how symbols are exported, and who "
          + "uses a symbol."
    })
final class AtlasModule implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(
      paramLabel = "FILE|SYMBOL",
      description = "A source file of the tree, or a function or exported symbol.")
  private String name = "";

  @Mixin private AtlasOptions options = new AtlasOptions();

  AtlasModule(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    try (TreeOptions.Opened opened = options.open(here)) {
      Answer<List<ModuleAnswer>> answer =
          name.contains("/") || name.contains(".") ? ofFile(opened) : ofSymbol(opened);
      options.print(new Question("module", name), answer, ModuleText::write, opened, here);
    }
    return ExitStatus.OK;
  }

  private Answer<List<ModuleAnswer>> ofSymbol(TreeOptions.Opened opened)
      throws BadInput, SourceException, CancelledException {
    return options.ask(opened, program -> Atlas.of(program).moduleOfSymbol(name), here);
  }

  private Answer<List<ModuleAnswer>> ofFile(TreeOptions.Opened opened)
      throws BadInput, SourceException, CancelledException {
    Optional<String> path = path(opened);
    return path.isEmpty()
        ? new Answer.Unknown<>("no file '" + name + "'", near(opened.tree()))
        : options.ask(opened, program -> Atlas.of(program).moduleOfFile(path.get()), here);
  }

  /** The file as typed from the tree's root, or from the current folder. */
  private Optional<String> path(TreeOptions.Opened opened) {
    if (opened.tree().file(name).isPresent()) {
      return Optional.of(name);
    }
    Path typed = here.resolve(name);
    return opened
        .folder()
        .filter(typed::startsWith)
        .map(root -> root.relativize(typed).toString().replace('\\', '/'))
        .filter(path -> opened.tree().file(path).isPresent());
  }

  /** Files of the same name elsewhere. */
  private List<String> near(SourceTree tree) {
    String last = "/" + name.substring(name.lastIndexOf('/') + 1);
    return tree.files().stream()
        .map(SourceFile::path)
        .filter(p -> p.endsWith(last))
        .limit(5)
        .toList();
  }
}
