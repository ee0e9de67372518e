// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.query.Input;
import dev.pinion.analyzer.query.Queries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The files of a program, which may be replaced; whoever looks at one hangs on it from then on. */
final class TreeFiles {
  private static final LinkedFile NONE = new LinkedFile("", path -> FileFacts.NONE);

  private final Queries queries;

  /** The files that were looked into, by path, and what answers that do hang on. */
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

  /** Gives the facts of a file that has not changed since the program was linked. */
  private final Function<String, FileFacts> facts;

  /** Which files there are. */
  private final Input listing;

  private final Postings postings;

  /** What answers that look for a term hang on, by the term's number. */
  private final ConcurrentMap<Integer, Input> searches = new ConcurrentHashMap<>();

  /** Sorted. */
  private volatile List<String> paths;

  /** A file, and that it may change. */
  private static final class Slot {
    private final Input input;
    private LinkedFile file;

    private Slot(Input input, LinkedFile file) {
      this.input = input;
      this.file = file;
    }
  }

  TreeFiles(Queries queries, TreeFacts files) {
    this.queries = queries;
    this.listing = queries.input("listing");
    this.facts = files.facts();
    this.postings = files.postings();
    this.paths = List.copyOf(files.paths());
  }

  /** All paths, sorted. */
  Collection<String> paths() {
    listing.read();
    return paths;
  }

  boolean has(String path) {
    listing.read();
    return isThere(path);
  }

  /** The file; one without any facts if there is none of that path. */
  LinkedFile file(String path) {
    Optional<Slot> slot = slot(path);
    if (slot.isEmpty()) {
      listing.read();
      return NONE;
    }
    slot.get().input.read();
    return slot.get().file;
  }

  private Optional<Slot> slot(String path) {
    Slot known = slots.get(path);
    return known != null
        ? Optional.of(known)
        : isThere(path)
            ? Optional.of(
                slots.computeIfAbsent(
                    path, p -> new Slot(queries.input(p), new LinkedFile(p, facts))))
            : Optional.empty();
  }

  private boolean isThere(String path) {
    return Collections.binarySearch(paths, path) >= 0;
  }

  /** The files that may spell a term, in path order. */
  List<String> with(int term) {
    searches.computeIfAbsent(term, queries::input).read();
    return postings.files(term);
  }

  /**
   * Puts new files in the place of old ones.
   *
   * @param changed the facts of files that are new or others; empty for one that is gone
   * @return what has changed with that
   */
  Collection<Input> change(SortedMap<String, Optional<FileFacts>> changed) {
    Collection<Input> inputs = new ArrayList<>();
    SortedSet<Integer> terms = new TreeSet<>();
    boolean moved = false;
    for (Map.Entry<String, Optional<FileFacts>> change : changed.entrySet()) {
      moved |= replace(change.getKey(), change.getValue(), inputs, terms);
    }
    terms.forEach(t -> Optional.ofNullable(searches.get(t)).ifPresent(inputs::add));
    if (moved) {
      SortedSet<String> all = new TreeSet<>(paths);
      changed.forEach(
          (path, facts) -> {
            if (facts.isPresent()) {
              all.add(path);
            } else {
              all.remove(path);
            }
          });
      paths = List.copyOf(all);
      inputs.add(listing);
    }
    return inputs;
  }

  /** Replaces one file, and says what that touches; whether it is new or gone. */
  private boolean replace(
      String path, Optional<FileFacts> facts, Collection<Input> inputs, SortedSet<Integer> terms) {
    Slot slot = slot(path).orElse(null);
    int[] before = slot == null ? new int[0] : FileTerms.of(slot.file.facts());
    int[] after = facts.map(FileTerms::of).orElse(new int[0]);
    addDifferent(before, after, terms);
    postings.put(path, after);
    if (slot != null) {
      inputs.add(slot.input);
    }
    if (facts.isEmpty()) {
      slots.remove(path);
      return slot != null;
    }
    LinkedFile file = new LinkedFile(path, p -> facts.get());
    if (slot == null) {
      slots.put(path, new Slot(queries.input(path), file));
      return true;
    }
    slot.file = file;
    return false;
  }

  private static void addDifferent(int[] before, int[] after, SortedSet<Integer> into) {
    int i = 0;
    int k = 0;
    while (i < before.length || k < after.length) {
      if (k == after.length || (i < before.length && before[i] < after[k])) {
        into.add(before[i++]);
      } else if (i == before.length || after[k] < before[i]) {
        into.add(after[k++]);
      } else {
        i++;
        k++;
      }
    }
  }
}
