// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.query.Input;
import dev.pinion.analyzer.query.Queries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The files of a program, which may be replaced; whoever looks at one hangs on it from then on. */
final class TreeFiles {
  private static final LinkedFile NONE = new LinkedFile("", path -> FileFacts.NONE);

  /** What hangs on which files there are. */
  private static final int LISTING = Input.number("listing");

  private final Queries queries;

  /** The files that were looked into, by path, and what answers that do hang on. */
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

  /** Gives the facts of a file that has not changed since the program was linked. */
  private final Function<String, FileFacts> facts;

  /** Which files there are. */
  private final Input listing;

  /** What answers that ask whether there is a file hang on, by path. */
  private final ConcurrentMap<String, Input> presence = new ConcurrentHashMap<>();

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
    this.listing = queries.input(LISTING);
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
    presence.computeIfAbsent(path, p -> queries.input(presence(p))).read();
    return isThere(path);
  }

  /** The file; one without any facts if there is none of that path. */
  LinkedFile file(String path) {
    Optional<Slot> slot = slot(path);
    if (slot.isEmpty()) {
      has(path); // It may come.
      return NONE;
    }
    slot.get().input.read();
    return slot.get().file;
  }

  /** The facts of a file, none if there is none; what is being computed does not hang on them. */
  FileFacts now(String path) {
    return slot(path).map(s -> s.file.facts()).orElse(FileFacts.NONE);
  }

  private Optional<Slot> slot(String path) {
    Slot known = slots.get(path);
    return known != null
        ? Optional.of(known)
        : isThere(path)
            ? Optional.of(
                slots.computeIfAbsent(
                    path, p -> new Slot(queries.input(Input.number(p)), new LinkedFile(p, facts))))
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
   * @param before the facts of these files as they were; none for a new one
   * @param numbers is given those of all {@link #touched} inputs, be they asked for here or not
   * @return what has changed with that
   */
  Collection<Input> change(
      SortedMap<String, Optional<FileFacts>> changed,
      Map<String, FileFacts> before,
      Set<Integer> numbers) {
    Collection<Input> inputs = new ArrayList<>();
    SortedSet<String> all = new TreeSet<>(paths);
    changed.forEach(
        (path, facts) -> {
          numbers.addAll(
              touched(
                  path, before.getOrDefault(path, FileFacts.NONE), facts.orElse(FileFacts.NONE)));
          if (all.contains(path) != facts.isPresent()) {
            Optional.ofNullable(presence.get(path)).ifPresent(inputs::add);
          }
          replace(path, facts, inputs);
          if (facts.isPresent()) {
            all.add(path);
          } else {
            all.remove(path);
          }
        });
    numbers.forEach(n -> Optional.ofNullable(searches.get(n)).ifPresent(inputs::add));
    if (all.size() != paths.size() || !all.containsAll(paths)) {
      paths = List.copyOf(all);
      inputs.add(listing);
    }
    return inputs;
  }

  /** Replaces one file, or removes it. */
  private void replace(String path, Optional<FileFacts> facts, Collection<Input> inputs) {
    Slot slot = slot(path).orElse(null);
    postings.put(path, facts.map(FileTerms::of).orElse(new int[0]));
    if (slot != null) {
      inputs.add(slot.input);
    }
    if (facts.isEmpty()) {
      slots.remove(path);
      return;
    }
    LinkedFile file = new LinkedFile(path, p -> facts.get());
    if (slot == null) {
      slots.put(path, new Slot(queries.input(Input.number(path)), file));
    } else {
      slot.file = file;
    }
  }

  /** The number of the input that tells whether there is a file. */
  private static int presence(String path) {
    return Input.number("is " + path);
  }

  /**
   * The numbers of the inputs that are others once a file has become another.
   *
   * @param before none if there was no such file
   * @param now none if there is no such file any more
   */
  static Set<Integer> touched(String path, FileFacts before, FileFacts now) {
    Set<Integer> numbers = new HashSet<>();
    numbers.add(Input.number(path));
    addDifferent(FileTerms.of(before), FileTerms.of(now), numbers);
    if (before.equals(FileFacts.NONE) != now.equals(FileFacts.NONE)) { // Or it was empty.
      numbers.add(presence(path));
      numbers.add(LISTING);
    }
    return numbers;
  }

  private static void addDifferent(int[] before, int[] after, Set<Integer> into) {
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
