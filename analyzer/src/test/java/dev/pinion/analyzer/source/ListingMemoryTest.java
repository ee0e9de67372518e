// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingMemoryTest {
  private static final long SECOND = 1_000_000_000L;
  private static final BlobId ID = BlobId.of(new byte[] {1});
  private static final BlobId WRONG = BlobId.of(new byte[] {2});

  @TempDir Path folder;
  private Path tree;
  private Path memory;

  private static final String NAME = "0123456789".repeat(4);

  @BeforeEach
  void setUp() throws IOException {
    tree = Files.createDirectory(folder.resolve("tree"));
    memory = folder.resolve("store").resolve("tree.ids");
  }

  private static FileStamp stamp(long modified, long changed) {
    return new FileStamp(FileStamp.Type.REGULAR, 10, modified, changed, 7);
  }

  /** What is known of a file that was noted with this stamp by a listing of second 100. */
  private Optional<BlobId> known(FileStamp noted, FileStamp asked) throws IOException {
    ListingMemory.Draft draft = new ListingMemory.Draft(100 * SECOND, NAME);
    draft.add("a/b.c", noted, ID);
    draft.write(memory);
    return ListingMemory.read(memory).idOf("a/b.c", asked, 0);
  }

  @Test
  void anUnchangedStampProvesTheContent() throws Exception {
    assertEquals(Optional.of(ID), known(stamp(5, 6), stamp(5, 6)));
  }

  @Test
  void eachPartOfTheStampCounts() throws Exception {
    FileStamp noted = stamp(5, 6);
    assertEquals(Optional.empty(), known(noted, stamp(5, 7)));
    assertEquals(Optional.empty(), known(noted, stamp(4, 6)));
    assertEquals(
        Optional.empty(), known(noted, new FileStamp(FileStamp.Type.REGULAR, 10, 5, 6, 8)));
    assertEquals(
        Optional.empty(), known(noted, new FileStamp(FileStamp.Type.REGULAR, 11, 5, 6, 7)));
  }

  @Test
  void aFileThatMayBeWrittenAgainInTheSameTickIsNotKept() throws Exception {
    for (FileStamp young :
        new FileStamp[] {
          stamp(99 * SECOND, 5),
          stamp(5, 99 * SECOND),
          stamp(5, 98 * SECOND),
          stamp(5, 200 * SECOND)
        }) {
      assertEquals(Optional.empty(), known(young, young), young.toString());
    }
    FileStamp settled = stamp(98 * SECOND - 1, 98 * SECOND - 1);
    assertEquals(Optional.of(ID), known(settled, settled));
  }

  @Test
  void aFileIsFoundWhereverItIsLookedForFirst() throws Exception {
    ListingMemory.Draft draft = new ListingMemory.Draft(100 * SECOND, NAME);
    List<String> paths = List.of("a-b.c", "a.c", "a/b.c", "a/b.h", "b.c", "b/a.c");
    for (int i = 0; i < paths.size(); i++) {
      draft.add(paths.get(i), stamp(5, i), BlobId.of(new byte[] {(byte) i}));
    }
    draft.write(memory);
    ListingMemory known = ListingMemory.read(memory);
    assertEquals(paths.size(), known.size());
    for (int place = 0; place <= paths.size(); place++) {
      for (int i = 0; i < paths.size(); i++) {
        assertEquals(
            Optional.of(BlobId.of(new byte[] {(byte) i})),
            known.idOf(paths.get(i), stamp(5, i), place));
      }
      for (String other : List.of("", "a", "a/b", "a/b.cc", "a/\u00e4.c", "c.c")) {
        assertEquals(Optional.empty(), known.idOf(other, stamp(5, 0), place), other);
      }
    }
  }

  @Test
  void aDamagedMemoryKnowsNothing() throws Exception {
    FileStamp stamp = stamp(5, 6);
    assertEquals(Optional.of(ID), known(stamp, stamp));
    byte[] good = Files.readAllBytes(memory);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x41;
      Files.write(memory, bad);
      assertEquals(
          Optional.empty(), ListingMemory.read(memory).idOf("a/b.c", stamp, 0), "byte " + i);
      Files.write(memory, java.util.Arrays.copyOf(good, i));
      assertEquals(
          Optional.empty(), ListingMemory.read(memory).idOf("a/b.c", stamp, 0), "cut at " + i);
    }
  }

  @Test
  void aListingReadsOnlyWhatChanged() throws Exception {
    Path kept = Files.writeString(tree.resolve("kept.c"), "int kept;");
    Path edited = Files.writeString(tree.resolve("edited.c"), "int a;");
    FileStamp before = FileStamp.of(edited);
    FileTime time = Files.getLastModifiedTime(edited);
    // A memory that lies shows which files were not read.
    ListingMemory.Draft draft = new ListingMemory.Draft(Long.MAX_VALUE, "");
    draft.add("kept.c", FileStamp.of(kept), WRONG);
    draft.add("edited.c", before, WRONG);
    draft.write(memory);
    Files.writeString(edited, "int b;");
    Files.setLastModifiedTime(edited, time);
    WorkTree listed = WorkTree.open(tree, Optional.of(memory));
    assertEquals(WRONG, listed.file("kept.c").orElseThrow().blobId());
    assertEquals(
        BlobId.of("int b;".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        listed.file("edited.c").orElseThrow().blobId(),
        "same size and modification time, other content");
  }

  @Test
  void aListingHasANameIfAllOfItIsKnown() throws Exception {
    ListingMemory.Draft draft = new ListingMemory.Draft(100 * SECOND, NAME);
    draft.add("a.c", stamp(5, 6), ID);
    draft.write(memory);
    assertEquals(NAME, ListingMemory.read(memory).listing());
    draft.add("young.c", stamp(99 * SECOND, 5), ID);
    draft.write(memory);
    assertEquals("", ListingMemory.read(memory).listing());
    assertEquals(1, ListingMemory.read(memory).size());
  }

  @Test
  void aNameThatIsRememberedIsTheOneThatWouldBeMade() throws Exception {
    for (String name : new String[] {"b.c", "a.c", "a-b.c", "c.h"}) {
      Path file = Files.writeString(tree.resolve(name), "int " + name.charAt(0) + ";");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    }
    Path inner = Files.createDirectory(tree.resolve("a"));
    Files.writeString(inner.resolve("x.c"), "int x;");
    Thread.sleep(ListingMemory.RACY_NANOS / 1_000_000 + 100); // So that change times are settled.
    String made = WorkTree.open(tree).listing();
    assertEquals(made, WorkTree.open(tree, Optional.of(memory)).listing());
    assertEquals(made, ListingMemory.read(memory).listing());
    assertEquals(made, WorkTree.open(tree, Optional.of(memory)).listing());
    Files.delete(tree.resolve("c.h"));
    String fewer = WorkTree.open(tree, Optional.of(memory)).listing();
    assertEquals(WorkTree.open(tree).listing(), fewer);
    assertNotEquals(made, fewer);
    Files.writeString(tree.resolve("a.c"), "int b;");
    assertEquals(WorkTree.open(tree).listing(), WorkTree.open(tree, Optional.of(memory)).listing());
  }

  @Test
  void aListingLeavesAMemoryAndNeedsNone() throws Exception {
    Path file = Files.writeString(tree.resolve("a.c"), "int a;");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    BlobId id = WorkTree.open(tree).file("a.c").orElseThrow().blobId();
    assertFalse(Files.exists(memory));
    assertEquals(id, WorkTree.open(tree, Optional.of(memory)).file("a.c").orElseThrow().blobId());
    Path unwritable = Files.writeString(folder.resolve("file"), "x").resolve("below");
    assertEquals(
        id, WorkTree.open(tree, Optional.of(unwritable)).file("a.c").orElseThrow().blobId());
    assertTrue(Files.isRegularFile(folder.resolve("file")));
  }

  private static List<String> paths(WorkTree tree) {
    return tree.files().stream().map(SourceFile::path).toList();
  }

  /** A listing that was remembered, of a folder that has long been as it is. */
  private List<String> remembered() throws Exception {
    Thread.sleep(ListingMemory.RACY_NANOS / 1_000_000 + 100); // So that change times are settled.
    WorkTree.open(tree, Optional.of(memory));
    return paths(WorkTree.open(tree, Optional.of(memory)));
  }

  @Test
  void aFolderThatHasNotChangedIsNotReadAgain() throws Exception {
    Path inner = Files.createDirectories(tree.resolve("drivers/x"));
    Files.writeString(inner.resolve("a.c"), "int a;");
    Files.writeString(inner.resolve("notes.txt"), "no source");
    assertEquals(List.of("drivers/x/a.c"), remembered());
    StampedFolders known = ListingMemory.read(memory).folders();
    assertEquals(
        Optional.of(new StampedFolders.Names(List.of("drivers"), List.of())),
        known.in("", FileStamp.of(tree.toRealPath())));
    assertEquals(
        Optional.of(new StampedFolders.Names(List.of(), List.of("a.c"))),
        known.in("drivers/x", FileStamp.of(inner)));
    assertEquals(Optional.empty(), known.in("drivers", FileStamp.of(inner)));
    assertEquals(Optional.empty(), known.in("x", FileStamp.of(inner)));
  }

  @Test
  void whateverComesGoesOrIsRenamedInAFolderIsSeen() throws Exception {
    Path inner = Files.createDirectories(tree.resolve("drivers/x"));
    Files.writeString(inner.resolve("a.c"), "int a;");
    Files.writeString(inner.resolve("b.c"), "int b;");
    Path odd = Files.createDirectory(tree.resolve("odd.c"));
    Files.writeString(odd.resolve("in.c"), "int in;");
    Files.writeString(tree.resolve("note"), "no folder");
    assertEquals(List.of("drivers/x/a.c", "drivers/x/b.c", "odd.c/in.c"), remembered());
    Files.writeString(inner.resolve("c.c"), "int c;");
    Files.delete(inner.resolve("a.c"));
    Files.move(inner.resolve("b.c"), inner.resolve("d.c"));
    Files.delete(tree.resolve("note"));
    Files.writeString(Files.createDirectory(tree.resolve("note")).resolve("n.c"), "int n;");
    Files.delete(odd.resolve("in.c"));
    Files.delete(odd);
    Files.writeString(odd, "int odd;");
    List<String> now = List.of("drivers/x/c.c", "drivers/x/d.c", "note/n.c", "odd.c");
    assertEquals(now, paths(WorkTree.open(tree, Optional.of(memory))));
    assertEquals(now, paths(WorkTree.open(tree, Optional.of(memory))));
  }

  @Test
  void aFolderOfAnEarlierTickIsReadAgain() throws Exception {
    Files.writeString(tree.resolve("a.c"), "int a;");
    WorkTree.open(tree, Optional.of(memory)); // Too young to be remembered.
    assertEquals(
        Optional.empty(),
        ListingMemory.read(memory).folders().in("", FileStamp.of(tree.toRealPath())));
  }

  @Test
  void whatIsRememberedOfAFolderIsWhatWasThereBeforeGitDecided() throws Exception {
    Files.writeString(tree.resolve("a.c"), "int a;");
    Files.writeString(tree.resolve("made.c"), "int made;");
    Files.writeString(tree.resolve(".gitignore"), "made.c\n");
    try (org.eclipse.jgit.api.Git git =
        org.eclipse.jgit.api.Git.init().setDirectory(tree.toFile()).call()) {
      git.add().addFilepattern(".").call();
    }
    assertEquals(List.of("a.c"), remembered());
    Files.writeString(tree.resolve(".gitignore"), "\n");
    assertEquals(List.of("a.c", "made.c"), paths(WorkTree.open(tree, Optional.of(memory))));
  }

  @Test
  void aNameWithALineBreakIsNotRemembered() throws Exception {
    Path odd = tree.resolve("a\nb.c");
    Files.writeString(odd, "int odd;");
    assertEquals(List.of("a\nb.c"), remembered());
    assertEquals(
        Optional.empty(),
        ListingMemory.read(memory).folders().in("", FileStamp.of(tree.toRealPath())));
  }
}
