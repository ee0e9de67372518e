// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the index is believed: only if every trace of the file says that it is the staged one. */
class GitIndexTest {
  private static final int FIRST_SIZE = 12 + 36; // After the header, at its place in the entry.

  @TempDir Path temp;
  private Path indexFile = Path.of("");
  private Path file = Path.of("");
  private BlobId id = BlobId.of(new byte[0]);

  @BeforeEach
  void repository() throws IOException {
    Git git = Git.init(temp.toRealPath());
    file = git.write("a.c", "content");
    git.commit("base");
    indexFile = git.folder().resolve(".git/index");
    id = BlobId.fromHex(git.hash("a.c"));
  }

  private Optional<BlobId> idOf(FileStamp stamp) throws IOException {
    return GitIndex.read(indexFile, "").idOf("a.c", stamp);
  }

  /** Sets how long after the file the index was written. */
  private void writtenAfter(long milliseconds) throws IOException {
    long changed = TimeUnit.NANOSECONDS.toMillis(FileStamp.of(file).changed());
    Files.setLastModifiedTime(indexFile, FileTime.fromMillis(changed + milliseconds));
  }

  @Test
  void aFileThatIsAsStagedHasTheStagedId() throws Exception {
    writtenAfter(2500);
    assertEquals(Optional.of(id), idOf(FileStamp.of(file)));
  }

  @Test
  void anyDifferenceMakesItUnknown() throws Exception {
    writtenAfter(5000);
    FileStamp s = FileStamp.of(file);
    for (FileStamp other :
        new FileStamp[] {
          new FileStamp(
              FileStamp.Type.SYMBOLIC_LINK, s.size(), s.modified(), s.changed(), s.inode()),
          new FileStamp(s.type(), s.size() + 1, s.modified(), s.changed(), s.inode()),
          new FileStamp(s.type(), s.size(), s.modified() - 1, s.changed(), s.inode()),
          new FileStamp(s.type(), s.size(), s.modified() - 1_000_000_000, s.changed(), s.inode()),
          new FileStamp(s.type(), s.size(), s.modified(), s.changed() - 1, s.inode()),
          new FileStamp(s.type(), s.size(), s.modified(), s.changed() - 1_000_000_000, s.inode()),
          new FileStamp(s.type(), s.size(), s.modified(), s.changed(), s.inode() + 1)
        }) {
      assertEquals(Optional.empty(), idOf(other), other.toString());
    }
  }

  @Test
  void anEntryAsNewAsTheIndexIsNotBelieved() throws Exception {
    for (long milliseconds : new long[] {-1000, 0, 4, 1500}) {
      writtenAfter(milliseconds);
      assertEquals(Optional.empty(), idOf(FileStamp.of(file)));
    }
  }

  @Test
  void anEntryThatGitSmudgedIsNotBelievedEvenForAnEmptyFile() throws Exception {
    byte[] bytes = Files.readAllBytes(indexFile);
    Arrays.fill(bytes, FIRST_SIZE, FIRST_SIZE + 4, (byte) 0);
    Files.write(indexFile, bytes);
    writtenAfter(5000);
    FileStamp s = FileStamp.of(file);
    assertEquals(
        Optional.empty(), idOf(new FileStamp(s.type(), 0, s.modified(), s.changed(), s.inode())));
  }

  @Test
  void everyTruncationOfTheEntriesIsAnError() throws Exception {
    byte[] bytes = Files.readAllBytes(indexFile);
    int endOfEntries = 12 + 72;
    for (int length = 0; length < endOfEntries; length++) {
      Files.write(indexFile, Arrays.copyOf(bytes, length));
      assertThrows(IOException.class, () -> GitIndex.read(indexFile, ""));
    }
  }

  @Test
  void aHashOtherThanSha1IsAnError() throws Exception {
    Git git = new Git(temp.toRealPath().resolve("sha256"));
    Files.createDirectories(git.folder());
    git.run("init", "-q", "--object-format=sha256");
    git.write("a.c", "content");
    git.write("b.c", "content");
    git.run("add", "-A");
    assertThrows(IOException.class, () -> GitIndex.read(git.folder().resolve(".git/index"), ""));
  }

  @Test
  void anAbsentIndexTracksNothing() throws Exception {
    assertEquals(true, GitIndex.read(temp.resolve("absent"), "").isEmpty());
  }
}
