// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The facts of a tree's files, each read when it is asked for.
 *
 * @param paths of all C files and headers, sorted
 * @param postings the files of each term; whoever is given them may change them
 * @param facts by path; safe for several threads, equal facts for equal paths
 */
public record TreeFacts(
    Collection<String> paths, Postings postings, Function<String, FileFacts> facts) {

  /** Facts that are all there. */
  public static TreeFacts of(SortedMap<String, FileFacts> files) {
    SortedMap<String, int[]> terms = new TreeMap<>();
    files.forEach((path, facts) -> terms.put(path, FileTerms.of(facts)));
    return new TreeFacts(
        List.copyOf(files.keySet()),
        Postings.of(terms),
        path -> Objects.requireNonNull(files.get(path), path));
  }
}
