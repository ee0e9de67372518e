// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import static dev.pinion.analyzer.store.StoreProcess.fact;
import static dev.pinion.analyzer.store.StoreProcess.id;
import static dev.pinion.analyzer.store.StoreProcess.kind;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process does between two steps of another, step by step. */
class StoreRacesTest {
  private static final Packer PACKER = new Packer();

  @TempDir Path folder;

  private static Frame frame(int number) {
    return Frame.of(id(number), kind(number), fact(number), PACKER);
  }

  private Path sealed(int number) throws IOException {
    try (SegmentWriter writer = SegmentWriter.create(folder, SegmentFolder.SUFFIX)) {
      writer.append(frame(number));
      writer.seal();
      return writer.path();
    }
  }

  private MergeChoice choice() throws IOException {
    return MergeChoice.of(new SegmentFolder(folder));
  }

  private static List<Path> files(List<Segment> segments) {
    return segments.stream().map(Segment::file).toList();
  }

  /** Else it would put all its facts into a file that the merge then deletes. */
  @Test
  void aProcessCannotBeginASegmentThatAMergeHasChosen() throws Exception {
    Path begun = Files.createFile(folder.resolve("begun" + SegmentFolder.SUFFIX));
    try (MergeChoice choice = choice()) {
      assertEquals(List.of(begun), files(choice.segments()));
      assertEquals("refused", LockProcess.run(begun));
    }
    assertEquals("locked", LockProcess.run(begun));
  }

  @Test
  void aMergeDoesNotChooseWhatAProcessHasBegun() throws Exception {
    try (SegmentWriter live = SegmentWriter.create(folder, SegmentFolder.SUFFIX)) {
      try (MergeChoice choice = choice()) {
        assertEquals(List.of(), choice.segments());
      }
      live.append(frame(1));
      try (MergeChoice choice = choice()) {
        assertEquals(List.of(), choice.segments());
      }
    }
    try (MergeChoice choice = choice()) {
      assertEquals(1, choice.segments().size());
    }
  }

  @Test
  void aSegmentIsReadThroughItsClaimAsItIsNow() throws Exception {
    Path file;
    try (SegmentWriter writer = SegmentWriter.create(folder, SegmentFolder.SUFFIX)) {
      file = writer.path();
      writer.append(frame(1));
      assertEquals(1, Segment.open(file).table().size());
      writer.append(frame(2));
    }
    try (FileClaim claim = FileClaim.of(file).orElseThrow()) {
      assertEquals(2, claim.segment().table().size());
    }
  }

  @Test
  void aSegmentReplacedBeforeItIsOpenedIsFoundInTheMerged() throws Exception {
    Path gone = sealed(1);
    Path merged = sealed(1);
    Deque<List<Path>> shown = new ArrayDeque<>(List.of(List.of(gone), List.of(merged)));
    Files.delete(gone);
    assertEquals(List.of(merged), files(openAll(shown, List.of(merged))));
  }

  /** A folder read while a segment takes the place of others may show neither it nor them. */
  @Test
  void aListingThatMissesASegmentIsNotTheLast() throws Exception {
    Path early = sealed(1);
    Path missed = sealed(2);
    Deque<List<Path>> shown = new ArrayDeque<>(List.of(List.of(early)));
    List<Path> all = List.of(early, missed);
    assertEquals(all.stream().sorted().toList(), files(openAll(shown, all)));
  }

  @Test
  void segmentsThatNeverStopChangingAreReadAsFarAsOpened() throws Exception {
    Deque<List<Path>> shown = new ArrayDeque<>();
    for (int number = 0; number < 100; number++) {
      shown.add(List.of(sealed(number)));
    }
    int opened = openAll(shown, List.of()).size();
    assertTrue(opened > 1 && opened < 100, "opened " + opened);
  }

  private static List<Segment> openAll(Deque<List<Path>> shown, List<Path> atLast)
      throws IOException {
    return SegmentFolder.openAll(() -> shown.isEmpty() ? atLast : shown.remove());
  }

  @Test
  void whatWasHalfWrittenWhenOpenedIsNotDamagedIfItWentOnWell() throws Exception {
    Segment opened;
    try (SegmentWriter live = SegmentWriter.create(folder, SegmentFolder.SUFFIX)) {
      byte[] half = new byte[100]; // As a disk may show it whose power failed.
      Files.write(live.path(), half, StandardOpenOption.APPEND);
      opened = Segment.open(live.path());
      assertEquals(Segment.State.TORN, opened.state());
      Path left = Files.copy(live.path(), folder.resolve("left" + SegmentFolder.SUFFIX));
      assertTrue(Segment.open(left).isLeftTorn(), "its process died here");
      live.append(frame(1));
      live.seal();
    }
    assertFalse(opened.isLeftTorn());
    Files.delete(opened.file());
    assertFalse(opened.isLeftTorn(), "merged by another process");
  }

  @Test
  void aSealedSegmentTakesNoLateFact() throws Exception {
    try (SegmentWriter writer = SegmentWriter.create(folder, SegmentFolder.SUFFIX)) {
      writer.append(frame(1));
      writer.seal();
      byte[] sealed = Files.readAllBytes(writer.path());
      assertThrows(IOException.class, () -> writer.append(frame(2)));
      assertArrayEquals(sealed, Files.readAllBytes(writer.path()));
    }
  }
}
