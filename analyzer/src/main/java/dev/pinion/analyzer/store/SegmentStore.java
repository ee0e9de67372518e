// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The facts of one version of the analyzer: segments that were there, and one of our own. */
final class SegmentStore implements FactStore {
  private final Path store;
  private final SegmentFolder folder;
  private final List<Segment> segments;
  private final Consumer<String> warnings;
  private final Set<Trouble> told = ConcurrentHashMap.newKeySet();
  private volatile Optional<SegmentWriter> writer = Optional.empty();

  private enum Trouble {
    DAMAGED,
    UNWRITABLE
  }

  private SegmentStore(
      Path store, SegmentFolder folder, List<Segment> segments, Consumer<String> warnings) {
    this.store = store;
    this.folder = folder;
    this.segments = segments;
    this.warnings = warnings;
  }

  /** See {@link FactStore#open}. */
  static FactStore open(Path storeFolder, String version, Consumer<String> warnings) {
    try {
      SegmentFolder folder = SegmentFolder.open(storeFolder, version);
      List<Segment> segments = folder.segments();
      SegmentStore store = new SegmentStore(storeFolder, folder, segments, warnings);
      segments.stream().filter(Segment::isLeftTorn).forEach(store::tellDamaged);
      return store;
    } catch (IOException e) {
      warnings.accept(
          "fact store %s: cannot be used (%s); nothing is remembered in this run"
              .formatted(storeFolder, reason(e)));
      return FactStore.none();
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
  public Optional<byte[]> get(BlobId id, FactKind kind) {
    FactKey key = new FactKey(id, kind.code());
    for (Segment segment : segments) {
      Optional<byte[]> fact = segment.find(key).flatMap(Frame::fact);
      if (fact.isPresent()) {
        return fact;
      }
    }
    Optional<byte[]> own = getOwn(key);
    if (own.isEmpty()) {
      segments.stream().filter(segment -> segment.has(key)).forEach(this::tellDamaged);
    }
    return own;
  }

  private Optional<byte[]> getOwn(FactKey key) {
    try {
      Optional<SegmentWriter> own = writer;
      return own.isEmpty() ? Optional.empty() : own.get().find(key).flatMap(Frame::fact);
    } catch (IOException e) {
      return Optional.empty(); // Written, but cannot be read back: it is computed again.
    }
  }

  @Override
  public void put(BlobId id, FactKind kind, byte[] fact) {
    if (told.contains(Trouble.UNWRITABLE)) {
      return;
    }
    try {
      SegmentWriter own = writer();
      if (!own.has(new FactKey(id, kind.code()))) {
        own.append(Frame.of(id, kind, fact));
      }
    } catch (IOException e) {
      tellUnwritable(e);
    }
  }

  /** The own segment, which a run that learns nothing new does not even create. */
  private SegmentWriter writer() throws IOException {
    Optional<SegmentWriter> own = writer;
    return own.isPresent() ? own.get() : begin();
  }

  private synchronized SegmentWriter begin() throws IOException {
    Optional<SegmentWriter> own = writer;
    if (own.isPresent()) {
      return own.get();
    }
    SegmentWriter begun = SegmentWriter.create(folder.path(), SegmentFolder.SUFFIX);
    writer = Optional.of(begun);
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

  private void tellUnwritable(IOException e) {
    tell(
        Trouble.UNWRITABLE,
        "fact store %s: cannot be written (%s); what is new in this run is not remembered"
            .formatted(store, reason(e)));
  }

  @Override
  public void close() {
    Optional<SegmentWriter> own = writer;
    boolean isTidy =
        segments.size() <= MergeChoice.MANY
            && segments.stream().allMatch(s -> s.state() == Segment.State.SEALED);
    try {
      if (own.isPresent()) {
        try (SegmentWriter open = own.get()) {
          open.seal();
        }
      }
      if (own.isPresent() || !isTidy) {
        SegmentMerge.run(folder);
      }
    } catch (IOException e) {
      tellUnwritable(e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileAlreadyExistsException
        ? "there is a file in the place of a folder"
        : Reason.of(e);
  }
}
