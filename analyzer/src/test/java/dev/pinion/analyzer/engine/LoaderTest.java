// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceProblem;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a tree of which the store knows an earlier state. */
class LoaderTest {
  private static final int FILES = 60;

  @TempDir Path folder;

  /** A tree that tells which files were read. */
  private record Read(SourceTree tree, List<String> paths) implements SourceTree {
    @Override
    public Content read(SourceFile file) throws SourceException {
      paths.add(file.path());
      return tree.read(file);
    }

    @Override
    public String root() {
      return tree.root();
    }

    @Override
    public Optional<String> rev() {
      return tree.rev();
    }

    @Override
    public List<SourceFile> files() {
      return tree.files();
    }

    @Override
    public Optional<SourceFile> file(String path) {
      return tree.file(path);
    }

    @Override
    public List<SourceProblem> problems() {
      return tree.problems();
    }
  }

  private void write(int file, String callee) throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(
        tree.resolve("f" + file + ".c"), "void f" + file + "(void) { " + callee + "(); }\n");
  }

  private FactStore store() {
    return FactStore.open(folder.resolve("store"), "test", w -> assertEquals("", w));
  }

  /** Who calls {@code name}, and which files were read for the tree's index. */
  private String callers(String name, FactStore store) throws Exception {
    Read tree =
        new Read(
            WorkTree.open(folder.resolve("tree")), Collections.synchronizedList(new ArrayList<>()));
    KernelModel model = KernelModel.load();
    Loader loader =
        new Loader(
            store, new FactExtractor(model), new UnitCache(), new LockMemory(store, new OwnCode()));
    try (Workers workers = new Workers(2)) {
      Loader.Loaded loaded =
          loader.load(
              tree,
              tree.listing(),
              Optional.empty(),
              l -> true,
              workers,
              Progress.NONE,
              Cancellation.NEVER);
      int read = tree.paths().size();
      assertEquals(tree.files().size(), loaded.ledger().get().size());
      Program program =
          Program.link(
              loaded.code(),
              loaded.builds(),
              model,
              (file, index) -> {
                throw new IllegalArgumentException(file);
              });
      return program.functionsCalling(name).stream().map(f -> f.name()).toList()
          + " of "
          + program.files(Term.CALL, name).size()
          + ", read "
          + read;
    }
  }

  @Test
  void onlyWhatHasChangedSinceIsReadAndTheAnswerIsAsFromScratch() throws Exception {
    for (int i = 0; i < FILES; i++) {
      write(i, i % 10 == 0 ? "good" : "other");
    }
    String first = "[f0, f10, f20, f30, f40, f50] of 6, read ";
    try (FactStore store = store()) {
      assertEquals(first + FILES, callers("good", store));
    }
    try (FactStore store = store()) {
      assertEquals(first + 0, callers("good", store));
    }
    write(10, "other");
    write(11, "good");
    Files.delete(folder.resolve("tree/f20.c"));
    write(FILES, "good");
    String then = "[f0, f11, f30, f40, f50, f60] of 6, read ";
    try (FactStore store = store()) {
      assertEquals(then + 3, callers("good", store));
    }
    try (FactStore store = store()) {
      assertEquals(then + 0, callers("good", store)); // The facts are known, the index is the old.
    }
    for (int i = 0; i < FILES / 2; i++) {
      write(i, "many");
    }
    String last = "[f30, f40, f50, f60] of 4, read ";
    try (FactStore store = store()) {
      assertEquals(last + FILES / 2, callers("good", store));
    }
    try (FactStore store = store()) {
      assertEquals(last + 0, callers("good", store));
      assertEquals(last + (FILES + 1), callers("good", FactStore.none()));
    }
  }

  @Test
  void aFileThatWasEditedMeanwhileIsLookedAtAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      write(i, "other");
    }
    SourceTree listed = WorkTree.open(folder.resolve("tree"));
    write(1, "good");
    KernelModel model = KernelModel.load();
    try (FactStore store = store();
        Workers workers = new Workers(1)) {
      new Loader(
              store,
              new FactExtractor(model),
              new UnitCache(),
              new LockMemory(store, new OwnCode()))
          .load(
              listed,
              listed.listing(),
              Optional.empty(),
              l -> true,
              workers,
              Progress.NONE,
              Cancellation.NEVER);
    }
    write(1, "other");
    try (FactStore store = store()) {
      assertEquals("[] of 0, read 1", callers("good", store));
    }
  }
}
