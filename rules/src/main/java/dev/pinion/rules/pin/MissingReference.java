// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A counted pointer is kept in a longer-lived object, used through it, and nobody counted that. */
@AutoService(Rule.class)
public final class MissingReference implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-missing-reference",
          Tier.WARNING,
          "a counted pointer is kept in a longer-lived object without a reference",
          List.of(
              "reference-taken", "reference-transferred", "holder-dies-first", "lock-protocol"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return program.files(Term.Trait.STORES);
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    CountedFields fields = CountedFields.of(program);
    return fields.storesIn(function).stream().anyMatch(s -> isWorthIt(s, fields, program));
  }

  private static boolean isWorthIt(
      CountedFields.Store store, CountedFields fields, Program program) {
    Stash stash = new Stash(program, store, fields.tag(store.field()).orElseThrow());
    return !fields.drops(store.field()).isEmpty()
        || CopiedFromLock.maybe(stash)
        || UserHeldSlot.maybe(stash);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    CountedFields fields = CountedFields.of(program);
    for (CountedFields.Store store : fields.storesIn(function)) {
      judge(new Stash(program, store, fields.tag(store.field()).orElseThrow()), report);
    }
  }

  private void judge(Stash stash, Report report) {
    Optional<Excuse> known = fromFacts(stash);
    if (known.isPresent()) {
      // A field that nobody ever drops says nothing about references either way.
      if (!CountedFields.of(stash.program()).drops(stash.field()).isEmpty()) {
        excuse(stash, known.get(), report);
      }
      return;
    }
    Judgement judgement =
        OwningField.of(stash)
            .map(Judgement::of)
            .orElseGet(
                () -> CopiedFromLock.maybe(stash) ? CopiedFromLock.judge(stash) : Judgement.NONE);
    if (judgement.isNone() && UserHeldSlot.maybe(stash)) {
      judgement = UserHeldSlot.judge(stash);
    }
    judgement.excuse().ifPresent(e -> excuse(stash, e, report));
    judgement.evidence().ifPresent(e -> report(stash, e, report));
    if (judgement.isNone() && !CountedFields.of(stash.program()).drops(stash.field()).isEmpty()) {
      explain(stash, report);
    }
  }

  /** A get beside the store, or a new reference that is stored and not given back. */
  private static Optional<Excuse> fromFacts(Stash stash) {
    Optional<String> taker = stash.taker();
    if (taker.isPresent()) {
      return Optional.of(
          new Excuse(
              "reference-taken",
              taker.get() + "() takes a reference for it",
              List.of(new Related(stash.location(), "stored with a reference"))));
    }
    String producer = stash.fact().producer();
    boolean given =
        !producer.isEmpty()
            && !stash.mayBePutAfter()
            && Acquisitions.of(stash.program()).acquires(producer, stash.function().file())
                == Acquisitions.Acquisition.YES;
    return given
        ? Optional.of(
            new Excuse(
                "reference-transferred",
                isNew(stash, producer)
                    ? "new object: "
                        + firstReference(stash)
                        + " is its first reference, which goes along"
                    : producer + "() returns it with a reference, which goes along",
                List.of(new Related(stash.location(), "stored with that reference"))))
        : Optional.empty();
  }

  private static boolean isNew(Stash stash, String producer) {
    return stash.program().model().does(producer, "object", "alloc");
  }

  /** What starts the count of a new object, as far as the storing function shows it. */
  private static String firstReference(Stash stash) {
    return stash.program().facts(stash.function()).callees().stream()
        .filter(c -> stash.program().model().does(c, "object", "count-init"))
        .findFirst()
        .map(c -> c + "()")
        .orElse("its initial count");
  }

  /** No evidence of a defect; but if it can be shown to be right, say so. */
  private void explain(Stash stash, Report report) {
    boolean worthwhile = stash.parameter() >= 0 && OwningField.isReplaced(stash);
    if (!worthwhile) {
      return;
    }
    Ownership.Answer answer = new Ownership(stash.program()).of(stash);
    excuse(answer).ifPresent(e -> excuse(stash, e, report));
  }

  private static Optional<Excuse> excuse(Ownership.Answer answer) {
    return switch (answer.kind()) {
      case TAKEN ->
          Optional.of(new Excuse("reference-taken", "a reference is taken for it", answer.proof()));
      case TRANSFERRED ->
          Optional.of(
              new Excuse(
                  "reference-transferred", "it comes with a reference of its own", answer.proof()));
      case BORROWED, UNKNOWN -> Optional.empty();
    };
  }

  private void excuse(Stash stash, Excuse excuse, Report report) {
    report.excused(excuse.of(INFO, stash.location(), stash.function().name()));
  }

  private void report(Stash stash, Evidence evidence, Report report) {
    Ownership.Answer answer = new Ownership(stash.program()).of(stash);
    Optional<Excuse> excuse = excuse(answer);
    if (excuse.isPresent()) {
      excuse(stash, excuse.get(), report);
      return;
    }
    Optional<List<Related>> local =
        LocalHolder.ofCallers(stash.program(), stash.function(), stash.fact().target().root());
    if (local.isPresent()) {
      excuse(
          stash,
          new Excuse("holder-dies-first", "the holder is a variable of callers", local.get()),
          report);
      return;
    }
    if (isAtHome(stash) || answer.kind() == Ownership.Kind.UNKNOWN) {
      return;
    }
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(stash.location(), stash.function().name() + "() stores the pointer as it is"));
    story.addAll(answer.proof());
    story.addAll(evidence.story());
    evidence
        .doubt()
        .ifPresent(why -> story.add(new Related(stash.location(), "latent only: " + why)));
    report.finding(
        new Finding(
            INFO.id(),
            evidence.doubt().isPresent() ? Tier.LATENT : Tier.WARNING,
            stash.location(),
            stash.function().name(),
            "'"
                + stash.field()
                + "' keeps a pointer to "
                + stash.struct()
                + " without a reference"
                + evidence.because(),
            story));
  }

  /** Whoever counts the object himself may know better than we do when it lives. */
  private static boolean isAtHome(Stash stash) {
    ModuleMap modules = ModuleMap.of(stash.program());
    return CountedObjects.of(stash.program()).counted(stash.tag()).stream()
        .flatMap(c -> c.puts().stream())
        .filter(p -> p.file().endsWith(".c") && isTheirs(p, stash))
        .anyMatch(p -> modules.sameModule(p.file(), stash.function().file()));
  }

  /** A put that counts by the object's own counter, not one that only passes it on. */
  private static boolean isTheirs(FunctionRef put, Stash stash) {
    return stash.program().facts(put).operations().stream()
        .anyMatch(o -> stash.program().model().does(o.api(), "object", "put"));
  }
}
