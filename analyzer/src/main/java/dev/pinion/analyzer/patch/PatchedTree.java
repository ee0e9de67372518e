// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.patch.FilePatch.Form;
import dev.pinion.analyzer.patch.FilePatch.Operation;
import dev.pinion.analyzer.patch.FilePatch.Prefix;
import dev.pinion.analyzer.source.ContentMerge;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tree with patches applied one after the other, all in memory. Files that no tree of ours lists
 * (documentation, assembly, device trees) are left out of it: nothing can be said of them.
 */
public final class PatchedTree {
  private static final String AS_GIT =
      "; name the right base with --base, or fetch the blobs of its index lines for a three-way merge";

  private final SourceTree base;
  private final Optional<GitRepository> blobs;
  private final Map<String, Optional<byte[]>> changes;

  /** What patches did not bring into the tree, such as {@code logo.c: binary}. */
  private final List<String> skipped;

  /** Made when it is first asked for: it lists a whole tree. */
  private @Nullable SourceTree tree;

  private PatchedTree(
      SourceTree base,
      Optional<GitRepository> blobs,
      Map<String, Optional<byte[]>> changes,
      List<String> skipped) {
    this.base = base;
    this.blobs = blobs;
    this.changes = changes;
    this.skipped = skipped;
  }

  /**
   * A tree without patches.
   *
   * @param blobs where the old contents that a patch names may be found, for a three-way merge
   */
  public static PatchedTree of(SourceTree base, Optional<GitRepository> blobs) {
    return new PatchedTree(base, blobs, Map.of(), List.of());
  }

  /** The tree as it stands now. */
  public SourceTree tree() {
    SourceTree known = tree;
    if (known == null) {
      known = changes.isEmpty() ? base : Overlay.patched(base, changes);
      tree = known;
    }
    return known;
  }

  /** What the last patch has that was not applied, one line each, in its order. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /**
   * Applies one more patch; this tree stays as it is.
   *
   * @throws SourceException if it does not apply; the message names the file and the hunk
   */
  public PatchedTree with(Patch patch) throws SourceException {
    PatchedTree next = new PatchedTree(base, blobs, new HashMap<>(changes), new ArrayList<>());
    Map<String, Optional<byte[]>> brought = new LinkedHashMap<>();
    for (FilePatch file : patch.files()) {
      next.apply(patch, file, brought);
    }
    next.changes.putAll(brought);
    return next;
  }

  private void apply(Patch patch, FilePatch file, Map<String, Optional<byte[]>> brought)
      throws SourceException {
    Optional<String> old = file.oldName().map(name -> placed(name, file));
    Optional<String> now = file.newName().map(name -> placed(name, file));
    Optional<SourceFile.Kind> kind = SourceFile.Kind.of(now.or(() -> old).orElse(""));
    if (file.form() == Form.BINARY) {
      if (kind.isPresent()) {
        throw failure(
            patch, file, "is given as a binary patch, which cannot be read; make it with --text");
      }
      skipped.add("%s: %s: not read, binary".formatted(patch.name(), file.name()));
      return;
    }
    if (kind.isEmpty()) {
      // What was ours and is no longer, such as a C file that is kept as documentation.
      old.filter(name -> SourceFile.Kind.of(name).isPresent())
          .filter(name -> file.operation() == Operation.RENAME)
          .ifPresent(name -> brought.put(name, Optional.empty()));
      return;
    }
    if (file.form() == Form.LINK) {
      skipped.add(
          "%s: %s: not read, a symbolic link or submodule".formatted(patch.name(), file.name()));
      return;
    }
    byte[] before = before(patch, file, old, now, brought);
    byte[] after = after(patch, file, before);
    switch (file.operation()) {
      case MODIFY, CREATE, COPY -> brought.put(now.orElseThrow(), Optional.of(after));
      case DELETE -> {
        if (after.length > 0 && !file.hunks().isEmpty()) {
          throw failure(
              patch,
              file,
              "deletes the file, but the file has more lines than it removes" + AS_GIT);
        }
        brought.put(old.orElseThrow(), Optional.empty());
      }
      case RENAME -> {
        brought.put(old.orElseThrow(), Optional.empty());
        brought.put(now.orElseThrow(), Optional.of(after));
      }
    }
  }

  /** The path in the tree; names without a prefix are told by the tree having them. */
  private String placed(String name, FilePatch file) {
    if (file.prefix() == Prefix.NONE) {
      return name;
    }
    String stripped = Names.stripped(name);
    String old = file.oldName().orElse(name);
    boolean bare = content(old).isPresent() && content(Names.stripped(old)).isEmpty();
    return bare ? name : stripped;
  }

  private byte[] before(
      Patch patch,
      FilePatch file,
      Optional<String> old,
      Optional<String> now,
      Map<String, Optional<byte[]>> brought)
      throws SourceException {
    if (old.isEmpty()) {
      String name = now.orElseThrow();
      // A file that this very patch takes away first is the other half of a rewrite.
      boolean free = brought.containsKey(name) && brought.get(name).isEmpty();
      if (!free && content(name).isPresent()) {
        throw failure(patch, file, "creates the file, but the tree has it already" + AS_GIT);
      }
      return new byte[0];
    }
    Optional<byte[]> known =
        file.operation() == Operation.MODIFY && brought.containsKey(old.get())
            ? brought.get(old.get())
            : content(old.get());
    if (known.isEmpty()) {
      throw failure(
          patch, file, "the tree has no '%s', which it changes".formatted(old.get()) + AS_GIT);
    }
    return known.get();
  }

  private Optional<byte[]> content(String path) {
    if (changes.containsKey(path)) {
      return changes.get(path);
    }
    Optional<SourceFile> file = base.file(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(base.read(file.get()).bytes());
    } catch (SourceException e) {
      return Optional.empty(); // What cannot be read cannot be patched.
    }
  }

  private byte[] after(Patch patch, FilePatch file, byte[] before) throws SourceException {
    List<String> lines = Lines.of(latin(before));
    HunkPlacement.Outcome outcome = HunkPlacement.apply(file.hunks(), lines);
    if (outcome.lines().isPresent()) {
      return bytes(outcome.lines().get());
    }
    Optional<byte[]> merged = threeWay(file, before);
    if (merged.isPresent()) {
      return merged.get();
    }
    Hunk hunk = outcome.failed().orElseThrow();
    int number = file.hunks().indexOf(hunk) + 1;
    String at = "hunk %d (at line %d) ".formatted(number, hunk.oldStart());
    if (HunkPlacement.isApplied(file.hunks(), lines)) {
      throw failure(patch, file, "is applied already; name a base without it with --base");
    }
    if (HunkPlacement.fitsButForWhiteSpace(file.hunks(), lines)) {
      throw failure(
          patch,
          file,
          at
              + "fits but for white space, which is damaged (tabs have become blanks?); take the mail in its raw form");
    }
    throw failure(patch, file, at + "does not apply" + AS_GIT);
  }

  /** As {@code git am -3}: the patch on the content it was made for, then a merge. */
  private Optional<byte[]> threeWay(FilePatch file, byte[] current) throws SourceException {
    if (blobs.isEmpty() || file.oldBlob().isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> original = blobs.get().blob(file.oldBlob().get());
    if (original.isEmpty()) {
      return Optional.empty();
    }
    return HunkPlacement.apply(file.hunks(), Lines.of(latin(original.get())))
        .lines()
        .flatMap(theirs -> ContentMerge.of(original.get(), current, bytes(theirs)));
  }

  private static SourceException failure(Patch patch, FilePatch file, String what) {
    return new SourceException(
        "%s (\"%s\"): %s: %s".formatted(patch.name(), patch.title(), file.name(), what));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }
}
