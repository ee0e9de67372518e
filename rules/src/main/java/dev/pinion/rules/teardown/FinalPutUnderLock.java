// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reference is dropped with a lock held that the release takes: if it is the last, the release
 * waits for a lock that its own caller holds.
 *
 * <p>Source: the thread "KVM: async kvm_destroy_vm for vfio devices" of January 2023.
 */
@AutoService(Rule.class)
public final class FinalPutUnderLock extends PutRule {
  private static final String IN_OBJECT = "lock-in-object";

  public FinalPutUnderLock() {
    super(
        new RuleInfo(
            "final-put-under-lock",
            "teardown",
            Tier.WARNING,
            "what may be the last reference is dropped with a lock held that the release takes",
            List.of("other-object", "given-back", IN_OBJECT, OpenWays.EXCUSE)));
  }

  @Override
  void judge(PutSite site, Told told) {
    site.held().forEach(held -> judge(site, held, told));
  }

  private static void judge(PutSite site, LockPlaces.Held held, Told told) {
    CollisionJudge judge =
        new CollisionJudge(
            site.program(), site.function(), site.call(), site.object(), site.put(), "");
    List<CollisionJudge.Verdict> verdicts =
        Collision.of(site.program(), held, site.releasing()).stream().map(judge::judge).toList();
    CollisionJudge.worst(verdicts).ifPresent(v -> tell(site, judge, v, told));
  }

  private static void tell(
      PutSite site, CollisionJudge judge, CollisionJudge.Verdict verdict, Told told) {
    Optional<Excuse> excuse = verdict.excuse().or(() -> inObject(site, judge, verdict.collision()));
    if (excuse.isPresent()) {
      told.excused(excuse.get());
      return;
    }
    Optional<String> doubt =
        verdict
            .doubt()
            .or(
                () ->
                    site.doubt(
                        verdict.collision().reached().function(),
                        BackPointer.isCleared(site.program(), judge, verdict.collision())));
    Collision c = verdict.collision();
    DescentStory descents = new DescentStory(site.program());
    List<Related> story = new ArrayList<>();
    story.add(new Related(c.held().lock().where(), "'" + c.lock() + "' is held from here on"));
    story.add(
        new Related(
            site.location(),
            site.function().name()
                + "() drops a reference to "
                + site.struct()
                + ", with the lock held"));
    story.addAll(descents.story(c.reached()));
    story.add(
        new Related(
            c.location(),
            c.reached().function().name()
                + "() takes '"
                + c.lock()
                + "', for which it waits as long as "
                + site.function().name()
                + "() holds it"));
    told.finding(
        site.call().name()
            + "() may drop the last reference to "
            + site.struct()
            + ", whose release takes '"
            + c.lock()
            + "', which is held",
        story,
        doubt);
  }

  /** Whoever gives the lock back after the put needs a reference of his own for that. */
  private static Optional<Excuse> inObject(
      PutSite site, CollisionJudge judge, Collision collision) {
    return judge
        .held(collision.held())
        .filter(site::isInObject)
        .map(
            p ->
                new Excuse(
                    IN_OBJECT,
                    "the lock is the object's own and given back later: another reference is held,"
                        + " or that is the defect",
                    List.of(
                        new Related(collision.held().lock().where(), "the object's own lock"))));
  }
}
