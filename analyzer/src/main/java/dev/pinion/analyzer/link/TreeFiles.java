// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileParts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
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
import java.util.function.IntPredicate;

/** The files of a program, which may be replaced; whoever looks at one hangs on it from then on. */
final class TreeFiles {
  /** What hangs on which files there are. */
  private static final int LISTING = Queries.number("listing");

  /** What hangs on which files there are in a folder. */
  private static final int FOLDER = Queries.number("folder");

  /** Told of what is looked at. */
  private final PartReads parts;

  private final Queries queries;

  /** The files that were looked into, by path. */
  private final ConcurrentMap<String, LinkedFile> slots = new ConcurrentHashMap<>();

  /** Gives the facts of a file that has not changed since the program was linked. */
  private final Function<String, FileFacts> facts;

  private final Postings postings;

  /** Sorted. */
  private volatile List<String> paths;

  /** Notes what answers hang on. */
  private final class Noted implements PartReads {
    @Override
    public boolean areNoted() {
      return true;
    }

    @Override
    public void read(String path, int part) {
      queries.read(Queries.number(path, part));
    }

    @Override
    public void readAll(String path) {
      queries.read(Queries.number(path));
    }
  }

  TreeFiles(Queries queries, TreeFacts files) {
    this.queries = queries;
    this.facts = files.facts();
    this.postings = files.postings();
    this.paths = List.copyOf(files.paths());
    this.parts = queries.takesNotes() ? new Noted() : PartReads.UNNOTED;
  }

  /** All paths, sorted. */
  Collection<String> paths() {
    queries.read(LISTING);
    return paths;
  }

  /** The paths of some files and of all below some folders, sorted. */
  Collection<String> under(List<String> places) {
    queries.read(LISTING);
    SortedSet<String> found = new TreeSet<>();
    for (String place : places) {
      if (isThere(place)) {
        found.add(place);
      }
      addBelow(place + "/", found);
    }
    return found;
  }

  private void addBelow(String prefix, Collection<String> into) {
    List<String> all = paths;
    int at = Collections.binarySearch(all, prefix);
    for (int i = at < 0 ? -at - 1 : at; i < all.size() && all.get(i).startsWith(prefix); i++) {
      into.add(all.get(i));
    }
  }

  /** The paths of the files in a folder, not those below it, sorted. */
  List<String> in(String folder) {
    queries.read(Queries.number(folder, FOLDER));
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<String> all = paths;
    List<String> found = new ArrayList<>();
    int at = Collections.binarySearch(all, prefix);
    for (int i = at < 0 ? -at - 1 : at; i < all.size() && all.get(i).startsWith(prefix); i++) {
      if (all.get(i).indexOf('/', prefix.length()) < 0) {
        found.add(all.get(i));
      }
    }
    return found;
  }

  boolean has(String path) {
    queries.read(presence(path));
    return isThere(path);
  }

  /** The file; one without any facts if there is none of that path. */
  LinkedFile file(String path) {
    LinkedFile known = slots.get(path);
    if (known != null) {
      return known;
    }
    if (isThere(path)) {
      return slots.computeIfAbsent(path, p -> new LinkedFile(p, facts, parts));
    }
    queries.read(presence(path)); // It may come.
    return new LinkedFile(path, p -> FileFacts.NONE, PartReads.UNNOTED);
  }

  /** Whether there is such a file; what is being computed does not hang on it. */
  boolean isNowThere(String path) {
    return isThere(path);
  }

  /** The facts of a file if somebody has looked at it; what is being computed hangs on nothing. */
  Optional<FileFacts> known(String path) {
    return Optional.ofNullable(slots.get(path)).flatMap(LinkedFile::known);
  }

  /** The facts of a file, none if there is none; what is being computed does not hang on them. */
  FileFacts now(String path) {
    LinkedFile known = slots.get(path);
    return known != null ? known.now() : isThere(path) ? facts.apply(path) : FileFacts.NONE;
  }

  private boolean isThere(String path) {
    return Collections.binarySearch(paths, path) >= 0;
  }

  /** Forgets the facts of all files; they are asked for again when they are needed. */
  void forget() {
    slots.clear();
  }

  /** The files that may spell a term, in path order. */
  List<String> with(int term) {
    queries.read(term);
    return postings.files(term);
  }

  /** Whether the file may have something under that term; hangs on no more than that part of it. */
  boolean mayHave(String path, int term) {
    queries.read(Queries.number(path, term));
    return postings.has(path, term);
  }

  /**
   * Puts new files in the place of old ones.
   *
   * @param changed the facts of files that are new or others; empty for one that is gone
   * @param before the facts of these files as they were; none for a new one
   * @param bodies what the bodies of their functions were and are
   * @return the numbers of the inputs that are others with that
   */
  Set<Integer> change(
      SortedMap<String, Optional<FileFacts>> changed,
      Map<String, FileFacts> before,
      FileChange.Bodies bodies) {
    Set<Integer> numbers = new HashSet<>();
    Set<String> come = new TreeSet<>();
    Set<String> gone = new TreeSet<>();
    changed.forEach(
        (path, facts) -> {
          FileChange change =
              new FileChange(
                  path, before.getOrDefault(path, FileFacts.NONE), facts.orElse(FileFacts.NONE));
          numbers.addAll(touched(change, FileParts.Form.EXACT, queries::isRead, bodies));
          if (isThere(path) != facts.isPresent()) {
            numbers.addAll(touchedByPresence(path));
            (facts.isPresent() ? come : gone).add(path);
          }
          postings.put(path, facts.map(FileTerms::of).orElse(new int[0]));
          if (facts.isPresent()) {
            slots.put(path, new LinkedFile(path, p -> change.after(), parts));
          } else {
            slots.remove(path);
          }
        });
    if (!come.isEmpty() || !gone.isEmpty()) {
      SortedSet<String> all = new TreeSet<>(paths);
      all.addAll(come);
      all.removeAll(gone);
      paths = List.copyOf(all);
    }
    return numbers;
  }

  /** The number of the input that tells whether there is a file. */
  private static int presence(String path) {
    return Queries.number("is " + path);
  }

  /**
   * The numbers of the inputs that are others once a file has become another.
   *
   * @param form what counts as the same
   * @param isAsked whether anything hangs on the input of that number; bodies are compared for that
   */
  static Set<Integer> touched(
      FileChange change, FileParts.Form form, IntPredicate isAsked, FileChange.Bodies bodies) {
    String path = change.path();
    Set<Integer> numbers = new HashSet<>();
    Set<Integer> different = FileParts.different(change.before(), change.after(), form);
    different.forEach(part -> numbers.add(Queries.number(path, part)));
    if (!different.isEmpty() || form == FileParts.Form.EXACT) {
      numbers.add(Queries.number(path));
    }
    change
        .functions()
        .forEach(
            (key, places) -> {
              int body = Queries.number(path, FileParts.body(key));
              if (isAsked.test(body)
                  && (different.contains(FileParts.function(key))
                      || !change.isSameBody(places, form, bodies))) {
                numbers.add(body);
              }
            });
    addDifferent(FileTerms.of(change.before()), FileTerms.of(change.after()), numbers);
    if (different.contains(FileParts.FUNCTIONS)) {
      addLocks(change, numbers);
    }
    return numbers;
  }

  /** Locks go by a function's place in its file, which another one may have now. */
  private static void addLocks(FileChange change, Set<Integer> numbers) {
    List<FunctionFacts> old = change.before().functions();
    List<FunctionFacts> now = change.after().functions();
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      if (i >= old.size() || i >= now.size() || !old.get(i).name().equals(now.get(i).name())) {
        numbers.add(LockTable.number(change.path(), i));
      }
    }
  }

  /** The numbers of the inputs that are others once there is a file, or none any more. */
  static Set<Integer> touchedByPresence(String path) {
    return Set.of(presence(path), LISTING, folder(path));
  }

  private static int folder(String path) {
    return Queries.number(path.substring(0, Math.max(0, path.lastIndexOf('/'))), FOLDER);
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
