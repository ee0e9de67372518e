// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules about a change of a list under lockless readers. A candidate is an update by a primitive
 * that does not keep readers going, of a list that RCU iterators walk somewhere in the tree; it is
 * live unless one of {@link Excuses} holds.
 */
abstract class UpdateRule extends ListRule {
  /** The finding's message. */
  abstract String message(Update update);

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    RcuLists lists = RcuLists.of(program);
    uses(function, program)
        .forEach(
            use ->
                Update.field(program, use)
                    .flatMap(f -> Update.of(program, use, f))
                    .filter(r -> !r.readers().isEmpty())
                    .ifPresent(r -> judge(r, lists, report)));
  }

  private void judge(Update update, RcuLists lists, Report report) {
    Optional<Excuse> excuse = new Excuses(update).first();
    if (excuse.isPresent()) {
      report.excused(excuse.get().of(info(), update.location(), update.ref().name()));
      return;
    }
    List<RcuLists.Reader> live = Readers.live(update);
    Optional<Witness> witness = Witness.of(update, live);
    Optional<Related> doubt =
        new Doubts(update, live, witness)
            .first()
            .or(
                () ->
                    info().tier() == Tier.LATENT
                        ? Optional.of(Doubts.notMeasured(update.location()))
                        : Optional.empty());
    List<Related> story = story(update, lists, Witness.story(witness, live), witness);
    doubt.ifPresent(story::add);
    report.finding(
        new Finding(
            info().id(),
            Doubts.tier(doubt),
            update.location(),
            update.ref().name(),
            message(update),
            story,
            fix(update).stream().toList()));
  }

  /** What would cure it: the twin of the operation, if it has one and that is enough. */
  private Optional<Fix> fix(Update update) {
    return Twin.of(update.use().api())
        .map(
            twin ->
                twin.instead(
                    update.program(),
                    update.use(),
                    () -> update.adds() ? LateStores.after(update) : graceFirst(update)))
        .or(() -> advice(update));
  }

  private static Optional<String> graceFirst(Update update) {
    return NodeFate.obstacle(update)
        .map(
            o ->
                "a grace period (synchronize_rcu(), kfree_rcu(), call_rcu()) has to come before the"
                    + " node is freed or used again, and that one surely does is not seen: "
                    + o);
  }

  /** What to do where the operation has no twin; by default the page alone says it. */
  Optional<Fix> advice(Update update) {
    return Optional.empty();
  }

  /** Insertion, the reader, then the update. */
  private List<Related> story(
      Update update, RcuLists lists, List<Related> reader, Optional<Witness> witness) {
    List<Related> story = new ArrayList<>();
    Readers.insertion(update.field(), update.ref(), lists).ifPresent(story::add);
    story.addAll(reader);
    if (!lists.isUpdatedUnderRcu(update.field())) {
      story.add(
          new Related(
              reader.get(reader.size() - 1).location(),
              "no update of this list uses an RCU primitive: either they all have to, with a grace"
                  + " period before a node is reused, or this reader has to take their lock"));
    }
    witness.flatMap(w -> w.updatersLocks(update)).ifPresent(story::add);
    String effect = effect(update).map(e -> ": " + e).orElse("");
    story.add(new Related(update.location(), update.ref().name() + "() " + update.deed() + effect));
    return story;
  }

  /** What becomes of a reader that is there at that moment; empty where the message says it. */
  Optional<String> effect(Update update) {
    return Optional.empty();
  }
}
