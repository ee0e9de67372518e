// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The facts of one version of the analyzer: segments that were there, and one of our own. */
final class SegmentStore implements FactStore {
  /** Segments are mapped into memory whole, and Java maps no more than 2 GiB at once. */
  private static final long LARGEST = 1L << 28;

  private static final long SMALLEST = 1L << 16;

  private final Path store;
  private final SegmentFolder folder;
  private final StoreLimit limit;
  private final InstantSource clock;
  private final Consumer<String> warnings;
  private final Set<Trouble> told = ConcurrentHashMap.newKeySet();
  private final Packer packer = new Packer();
  private final Object writing = new Object();
  private volatile Contents contents;

  private enum Trouble {
    DAMAGED,
    UNWRITABLE
  }

  /**
   * What facts are looked for in.
   *
   * @param segments that were there
   * @param own which a run that learns nothing new does not even create
   */
  private record Contents(List<SearchedSegment> segments, Optional<SegmentWriter> own) {
    static Contents of(List<Segment> segments) {
      return new Contents(segments.stream().map(SearchedSegment::new).toList(), Optional.empty());
    }

    boolean isTidy() {
      return segments.size() <= MergeChoice.MANY
          && segments.stream().allMatch(s -> s.segment().state() == Segment.State.SEALED);
    }

    long size() {
      return segments.stream().mapToLong(s -> s.segment().size()).sum();
    }
  }

  private SegmentStore(
      Path store,
      SegmentFolder folder,
      StoreLimit limit,
      InstantSource clock,
      Consumer<String> warnings)
      throws IOException {
    this.store = store;
    this.folder = folder;
    this.limit = limit;
    this.clock = clock;
    this.warnings = warnings;
    this.contents = Contents.of(folder.segments());
  }

  /** See {@link FactStore#open}; the clock says when facts are used. */
  static FactStore open(
      Path storeFolder,
      String version,
      StoreLimit limit,
      InstantSource clock,
      Consumer<String> warnings) {
    try {
      SegmentFolder folder = SegmentFolder.open(storeFolder, version);
      SegmentStore store = new SegmentStore(storeFolder, folder, limit, clock, warnings);
      store.begin();
      return store;
    } catch (IOException e) {
      warnings.accept(
          "fact store %s: cannot be used (%s); nothing is remembered in this run"
              .formatted(storeFolder, reason(e)));
      return FactStore.none();
    }
  }

  private void begin() {
    for (SearchedSegment searched : contents.segments()) {
      if (searched.segment().isLeftTorn()) {
        tellDamaged(searched.segment());
      }
    }
    // Else a process that is always killed before it tidies up could let it grow for ever.
    if (contents.size() > limit.bytes()) {
      try {
        new Tidying(store, folder).run(limit);
        contents = Contents.of(folder.segments());
      } catch (IOException e) {
        return; // To be told when something cannot be written that is asked for.
      }
    }
  }

  private void tellDamaged(Segment segment) {
    tell(
        Trouble.DAMAGED,
        "fact store %s: %s is damaged; what cannot be read is computed again"
            .formatted(store, segment.file().getFileName()));
  }

  private void tell(Trouble trouble, String line) {
    if (told.add(trouble)) {
      warnings.accept(line);
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Whether it has been replaced, not whether it is equal.
  public Optional<byte[]> get(BlobId id, FactKind kind) {
    Contents now = contents;
    Optional<byte[]> fact = get(now, id, kind.code());
    // What was our own segment may have become one of the others between two looks.
    return fact.isPresent() || now == contents ? fact : get(contents, id, kind.code());
  }

  private Optional<byte[]> get(Contents now, BlobId id, int kind) {
    for (SearchedSegment searched : now.segments()) {
      Optional<Frame> frame = searched.find(id, kind);
      if (frame.isPresent()) {
        return frame.get().fact(packer);
      }
    }
    Optional<byte[]> own = getOwn(now, id, kind);
    if (own.isEmpty()) {
      for (SearchedSegment searched : now.segments()) {
        if (searched.segment().has(id, kind)) {
          tellDamaged(searched.segment());
        }
      }
    }
    return own;
  }

  private Optional<byte[]> getOwn(Contents now, BlobId id, int kind) {
    if (now.own().isEmpty()) {
      return Optional.empty();
    }
    try {
      return now.own().get().find(new FactKey(id, kind)).flatMap(frame -> frame.fact(packer));
    } catch (IOException e) {
      return Optional.empty(); // Written, but cannot be read back: it is computed again.
    }
  }

  @Override
  public void put(BlobId id, FactKind kind, byte[] fact) {
    FactKey key = new FactKey(id, kind.code());
    if (told.contains(Trouble.UNWRITABLE) || contents.own().filter(o -> o.has(key)).isPresent()) {
      return;
    }
    Frame frame = Frame.of(id, kind, fact, packer);
    try {
      synchronized (writing) {
        SegmentWriter own = own();
        own.append(frame);
        if (own.size() > Math.max(SMALLEST, Math.min(LARGEST, limit.bytes() / 8))) {
          turnOver(own);
        }
      }
    } catch (IOException e) {
      tellUnwritable(e);
    }
  }

  private SegmentWriter own() throws IOException {
    Optional<SegmentWriter> own = contents.own();
    if (own.isPresent()) {
      return own.get();
    }
    SegmentWriter begun = SegmentWriter.create(folder.path(), SegmentFolder.SUFFIX);
    contents = new Contents(contents.segments(), Optional.of(begun));
    return begun;
  }

  @Override
  public Optional<byte[]> note(String name) {
    try {
      return new Notes(folder.path()).read(name);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void note(String name, byte[] value) {
    if (told.contains(Trouble.UNWRITABLE)) {
      return;
    }
    try {
      new Notes(folder.path()).write(name, value);
    } catch (IOException e) {
      tellUnwritable(e);
    }
  }

  /** Our segment is large enough: ends it, as if the store were closed and opened again. */
  private void turnOver(SegmentWriter own) throws IOException {
    own.seal();
    keepUses();
    try {
      new Tidying(store, folder).run(limit);
    } finally {
      contents = Contents.of(folder.segments());
      own.close();
    }
  }

  private void keepUses() {
    int hour = LastUses.hour(clock.instant());
    for (SearchedSegment searched : contents.segments()) {
      keepUses(searched, hour);
    }
  }

  private static void keepUses(SearchedSegment searched, int hour) {
    try {
      searched.keepUses(hour);
    } catch (IOException e) {
      return; // What is evicted one day may be a worse choice, no more.
    }
  }

  private void tellUnwritable(IOException e) {
    tell(
        Trouble.UNWRITABLE,
        "fact store %s: cannot be written (%s); what is new in this run is not remembered"
            .formatted(store, reason(e)));
  }

  @Override
  public void close() {
    synchronized (writing) {
      keepUses();
      try {
        Optional<SegmentWriter> own = contents.own();
        if (own.isPresent()) {
          try (SegmentWriter open = own.get()) {
            open.seal();
          }
        }
        if (own.isPresent() || !contents.isTidy()) {
          new Tidying(store, folder).run(limit);
        }
      } catch (IOException e) {
        tellUnwritable(e);
      }
    }
    packer.close();
  }

  private static String reason(IOException e) {
    return e instanceof FileAlreadyExistsException
        ? "there is a file in the place of a folder"
        : Reason.of(e);
  }
}
