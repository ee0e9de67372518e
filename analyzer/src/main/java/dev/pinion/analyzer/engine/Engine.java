// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Runs rules over trees. Keeps facts in memory by blob id, so that scanning a tree again with some
 * files changed costs those files, the link and the rules; a tree with no file changed costs its
 * listing, as the store remembers what was found. Results do not depend on the number of threads,
 * on what the store holds, or on earlier scans. One scan at a time.
 */
public final class Engine implements AutoCloseable {
  /** Names the store's version: what decides the facts of given bytes. */
  public static final String FACTS_VERSION = FactsCodec.VERSION;

  private final List<Rule> rules;
  private final KernelModel model = KernelModel.load();
  private final FactStore store;
  private final Loader loader;
  private final ScanMemory memory;
  private final LockMemory locks;
  private final JudgedMemory judged;
  private final UnitCache units = new UnitCache();
  private final RecentVerdicts recent = new RecentVerdicts();

  /** The lines that findings are in; most states of a tree have the same. */
  private final Map<Fingerprints.Line, String> lines = new HashMap<>();

  private final Workers workers;
  private final Trees trees;

  /** The tree of the last scan, if another may follow. */
  private Optional<LinkedTree> last = Optional.empty();

  /** The name of the state that was asked about last: the next may differ little from it. */
  private Optional<String> lastListing = Optional.empty();

  /** What an engine is for. */
  public enum Trees {
    /** One tree: nothing is kept in memory for another. */
    ONE,
    /** Trees that differ little from one to the next: commits, or what is typed in an editor. */
    MANY
  }

  /** An engine for one tree. */
  public Engine(List<Rule> rules, FactStore store, int jobs) {
    this(rules, store, jobs, Trees.ONE);
  }

  /**
   * @param rules all rules there are; a request picks among them
   * @param store closed by whoever opened it, after the engine
   * @param jobs number of threads, at least 1
   */
  public Engine(List<Rule> rules, FactStore store, int jobs, Trees trees) {
    this.trees = trees;
    this.rules = rules.stream().sorted(Comparator.comparing(r -> r.info().id())).toList();
    this.store = store;
    OwnCode code = new OwnCode();
    this.locks = new LockMemory(store, code);
    this.judged = new JudgedMemory(store, code);
    this.loader = new Loader(store, new FactExtractor(model), units, locks);
    this.memory = new ScanMemory(store, code);
    this.workers = new Workers(jobs);
  }

  /**
   * Analyses the whole tree and reports within the request.
   *
   * @throws SourceException if the tree has no C under the paths of the request
   * @throws CancelledException if cancelled; what the store has got by then is valid
   */
  public ScanResult scan(
      SourceTree tree, ScanRequest request, Progress progress, Cancellation cancellation)
      throws SourceException, CancelledException {
    list(tree, request, progress);
    boolean isEdited = tree.isDraft() && last.isPresent(); // Of what was typed nothing is kept.
    String listing = isEdited ? "" : tree.listing();
    Answers answers =
        isEdited
            ? Answers.none(request, wanted(request))
            : Answers.recall(memory.page(listing), request, wanted(request));
    if (answers.areComplete() && trees == Trees.MANY && last.isEmpty() && judged.remembers()) {
      // Another state comes next, of which most is what was said of this one.
      workers.begin(() -> judged.of(listing, wanted(request), tree));
    }
    ScanResult result =
        answers.areComplete()
            ? answers.result(tree, List.of(), lines)
            : scan(new WatchedTree(tree), listing, request, answers, progress, cancellation);
    lastListing = isEdited ? lastListing : Optional.of(listing);
    return result;
  }

  /** Finds out what is not remembered. */
  private ScanResult scan(
      WatchedTree tree,
      String listing,
      ScanRequest request,
      Answers answers,
      Progress progress,
      Cancellation cancellation)
      throws SourceException, CancelledException {
    try {
      List<Rule> open = answers.open();
      LinkedTree linked =
          linked(
              tree,
              listing,
              isWhole(request) ? Optional.of(l -> knows(l, open, tree)) : Optional.empty(),
              progress,
              cancellation);
      Optional<EarlierVerdicts> earlier = earlier(linked, tree, open);
      List<EarlierVerdicts> known =
          earlier.isPresent() ? List.of(earlier.get()) : recent(linked, open);
      earlier.ifPresent(e -> linked.program().reuse().lend(e::settled));
      RuleRun run = new RuleRun(linked.program(), request, known);
      answers.add(
          run.run(open, workers, progress, cancellation),
          tree.isDraft() ? linked.ledger(tree, request) : linked.ledger(tree));
      List<String> failures = run.failures();
      if (failures.isEmpty() && tree.isAsListed() && !tree.isDraft()) {
        answers.keep();
        if (isWhole(request) && earlier.isEmpty() && linked.isIndexed(listing)) {
          judged.keep(run.judged(open, JudgedMemory.builds(tree)), listing, open, tree);
        }
      }
      keepLocks(linked, tree, listing);
      recent.tidy(known);
      if (trees == Trees.MANY
          && !request.paths().isEmpty()
          && earlier.isEmpty() // What was lent does not tell what it hangs on.
          && failures.isEmpty()
          && tree.isAsListed()
          && run.isFresh()) {
        recent.keep(linked, run.judged(open, /* builds= */ ""));
      }
      return answers.result(tree, failures, lines);
    } finally {
      distrust(tree);
    }
  }

  /** Whether what is found out is worth to be kept with what it hangs on. */
  private boolean isWhole(ScanRequest request) {
    return request.paths().isEmpty() && judged.remembers();
  }

  /** Whether the store knows what the rules said of the state with that listing, and why. */
  private boolean knows(String listing, List<Rule> rules, SourceTree tree) {
    return judged.of(listing, rules, tree).isPresent();
  }

  /** What the rules said of the state of the tree that the store knows. */
  private Optional<EarlierVerdicts> earlier(LinkedTree linked, SourceTree tree, List<Rule> rules)
      throws CancelledException {
    Optional<String> listing = linked.earlierListing();
    Optional<JudgedFiles> files = listing.flatMap(l -> judged.of(l, rules, tree));
    if (files.isEmpty()) {
      return Optional.empty();
    }
    List<EarlierVerdicts> found = new ArrayList<>(1);
    workers.run(
        1,
        n ->
            linked
                .since(files.get(), tree, locks, store)
                .ifPresent(
                    since -> found.add(new EarlierVerdicts(files.get(), since, linked.program()))),
        () -> false);
    return found.stream().findFirst();
  }

  /** What this process has said of the tree's earlier states. */
  private List<EarlierVerdicts> recent(LinkedTree linked, List<Rule> rules)
      throws CancelledException {
    List<EarlierVerdicts> found = new ArrayList<>();
    workers.run(1, n -> found.addAll(recent.of(linked, rules, store)), () -> false);
    return found;
  }

  /**
   * The tree's program: from scratch, or from the last one's.
   *
   * @param listing its name; empty if nobody has asked for it
   * @param knows whether the store knows all of the state with that listing; for who finds that out
   *     if nobody knows
   */
  private LinkedTree linked(
      SourceTree tree,
      String listing,
      Optional<Predicate<String>> knows,
      Progress progress,
      Cancellation cancellation)
      throws SourceException, CancelledException {
    Optional<LinkedTree> known = last.filter(t -> t.canBecome(tree));
    TreeBodies bodies = new TreeBodies(tree, store, units);
    if (known.isPresent()) {
      TreeDelta delta = known.get().delta(tree);
      Loader.Changed changed = loader.load(tree, delta.now(), workers, progress, cancellation);
      progress.at(Progress.Phase.LINKING, 0, 0);
      last = Optional.empty(); // Whatever happens on the way, what is half done is not used.
      AtomicBoolean done = new AtomicBoolean();
      workers.run(
          1, n -> done.set(loader.become(known.get(), tree, delta, changed, bodies)), () -> false);
      if (done.get()) {
        last = known;
        return known.get();
      }
    }
    String name = listing.isEmpty() ? tree.listing() : listing;
    Loader.Loaded loaded =
        loader.load(
            tree, name, lastListing, knows.orElse(l -> true), workers, progress, cancellation);
    progress.at(Progress.Phase.LINKING, 0, 0);
    LinkedTree linked =
        LinkedTree.of(
            tree,
            name,
            loaded,
            OwnRows.of(tree, model),
            bodies,
            trees,
            /* takesNotes= */ knows.isPresent() && loaded.earlier().isEmpty());
    last = trees == Trees.MANY ? Optional.of(linked) : last;
    return linked;
  }

  /** What was read in place of what was listed is good for this scan and for no other. */
  private void distrust(WatchedTree tree) {
    if (!tree.isAsListed()) {
      loader.forgetOthers();
      last.ifPresent(t -> t.distrust(tree.moved()));
    }
  }

  /** What has been found out about locks is as good for the next process. */
  private void keepLocks(LinkedTree linked, WatchedTree tree, String listing) {
    if (linked.isIndexed(listing) && tree.isAsListed() && !tree.isDraft()) {
      linked.program().lockTable().ifPresent(table -> locks.keep(table, listing));
    }
  }

  private List<Rule> wanted(ScanRequest request) {
    return rules.stream()
        .filter(r -> request.rules().isEmpty() || request.rules().contains(r.info().id()))
        .toList();
  }

  /** The ledger alone, without linking and rules. */
  public Coverage coverage(
      SourceTree tree, ScanRequest request, Progress progress, Cancellation cancellation)
      throws SourceException, CancelledException {
    list(tree, request, progress);
    String listing = tree.listing();
    Optional<Ledger> known = memory.page(listing).ledger();
    Ledger ledger =
        known.isPresent()
            ? known.get()
            : Ledger.of(
                List.copyOf(
                    loader
                        .load(
                            tree, listing, lastListing, l -> true, workers, progress, cancellation)
                        .ledger()
                        .get()
                        .values()),
                tree);
    return ledger.coverage(request);
  }

  /**
   * Links a tree and puts a question to it, on one of the engine's threads.
   *
   * @throws SourceException if the tree has no C at all
   * @throws CancelledException if cancelled; what the store has got by then is valid
   */
  public <T> T ask(
      SourceTree tree, Function<Program, T> question, Progress progress, Cancellation cancellation)
      throws SourceException, CancelledException {
    progress.at(Progress.Phase.LISTING, 0, 0);
    tree.filesUnder(""); // Says so, in one line, if there is no C.
    String listing = tree.listing();
    WatchedTree watched = new WatchedTree(tree);
    LinkedTree linked = linked(watched, listing, Optional.empty(), progress, cancellation);
    try {
      List<T> answer = new ArrayList<>(1);
      workers.run(1, n -> answer.add(question.apply(linked.program())), cancellation);
      keepLocks(linked, watched, listing);
      return answer.get(0);
    } finally {
      distrust(watched);
    }
  }

  private static void list(SourceTree tree, ScanRequest request, Progress progress)
      throws SourceException {
    progress.at(Progress.Phase.LISTING, 0, 0);
    for (String path : request.paths().isEmpty() ? List.of("") : request.paths()) {
      if (tree.file(path).filter(f -> f.kind().isCode()).isEmpty()) {
        tree.filesUnder(path); // Says so, in one line, if there is no C.
      }
    }
  }

  /** Ids of the rules, sorted. */
  public List<String> ruleIds() {
    return rules.stream().map(r -> r.info().id()).toList();
  }

  @Override
  public void close() {
    workers.close();
  }
}
