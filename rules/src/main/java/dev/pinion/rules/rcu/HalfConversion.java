// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.evidence.LineChanges.Place;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.rule.Clue;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.PatchRule;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A series turns some updates of a list into their RCU forms and leaves others plain. */
@AutoService(PatchRule.class)
public final class HalfConversion implements PatchRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-half-conversion",
          Tier.WARNING,
          "a series converts some updates of a list to RCU and leaves others plain",
          List.of("excused-elsewhere", "another-list"));

  private static final Pattern CALLED = Pattern.compile("\\b([A-Za-z_]\\w*)\\s*\\(");
  private static final String[] UPDATES = {
    "insert", "delete", "delete-init", "replace", "move", "splice"
  };

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<String> listensTo() {
    return List.of("rcu-list-plain-delete", "rcu-list-delete-init");
  }

  @Override
  public boolean concerns(LineChanges changes, KernelModel model) {
    return changes.all().stream().anyMatch(place -> !converted(place, model).isEmpty());
  }

  /** The RCU operations that a place of a change puts where a plain one of their kind was. */
  private static Set<String> converted(Place place, KernelModel model) {
    List<Api> gone = called(place.removed(), model);
    Set<String> names = new TreeSet<>();
    for (Api now : called(place.added(), model)) {
      if (now.is("rcu") && gone.stream().anyMatch(old -> !old.is("rcu") && sameKind(old, now))) {
        names.add(now.name());
      }
    }
    return names;
  }

  private static List<Api> called(List<String> lines, KernelModel model) {
    List<Api> apis = new ArrayList<>();
    for (String line : lines) {
      for (Matcher call = CALLED.matcher(line); call.find(); ) {
        model.find("list", call.group(1)).ifPresent(apis::add);
      }
    }
    return apis;
  }

  private static boolean sameKind(Api a, Api b) {
    return kind(a).equals(kind(b));
  }

  private static String kind(Api api) {
    return api.operation().startsWith("delete") ? "delete" : api.operation();
  }

  @Override
  public List<Clue> before(Program program, LineChanges changes) {
    return List.of();
  }

  @Override
  public List<Clue> after(Program program, LineChanges changes, List<Clue> known) {
    List<Clue> clues = new ArrayList<>();
    ListUses uses = ListUses.of(program);
    for (String file : changes.byFile().keySet()) {
      for (ListUses.Use use : uses.in(file)) {
        Location at = use.location();
        Optional<FieldRef> field = uses.nodeField(use);
        boolean brought =
            changes.in(file).stream()
                .filter(place -> place.adds(at.line()))
                .anyMatch(place -> converted(place, program.model()).contains(use.api().name()));
        if (brought && field.isPresent()) {
          clues.add(clue(use, field.get()));
        }
      }
    }
    return clues;
  }

  private static Clue clue(ListUses.Use use, FieldRef field) {
    return new Clue(
        field.owner() + "." + field.field(),
        use.location(),
        use.function().name(),
        Map.of("api", use.api().name(), "owner", field.owner(), "field", field.field()));
  }

  private static FieldRef field(Clue clue) {
    return new FieldRef(clue.detail("owner"), clue.detail("field"));
  }

  @Override
  public void check(Program program, List<Clue> clues, Elsewhere elsewhere, Report report) {
    Set<FieldRef> fields = new TreeSet<>();
    clues.forEach(clue -> fields.add(field(clue)));
    for (FieldRef field : fields) {
      judge(program, field, converted(program, field, clues), elsewhere).ifPresent(report::finding);
    }
  }

  /** The conversions as they stand in this program, where later patches may have moved them. */
  private static List<ListUses.Use> converted(Program program, FieldRef field, List<Clue> clues) {
    Set<ListUses.Use> found = new LinkedHashSet<>();
    for (ListUses.Use use : ListUses.of(program).of(field)) {
      for (Clue clue : clues) {
        if (field(clue).equals(field)
            && clue.detail("api").equals(use.api().name())
            && clue.function().equals(use.function().name())
            && clue.location().file().equals(use.function().file())) {
          found.add(use);
        }
      }
    }
    return List.copyOf(found);
  }

  private static Optional<Finding> judge(
      Program program, FieldRef field, List<ListUses.Use> converted, Elsewhere elsewhere) {
    List<ListUses.Use> left = new ArrayList<>();
    for (ListUses.Use use : ListUses.of(program).of(field)) {
      if (!use.api().is("rcu")
          && use.api().does("list", UPDATES)
          && !isExcused(use, elsewhere)
          && converted.stream().anyMatch(c -> mayBeOneList(program, c, use))) {
        left.add(use);
      }
    }
    // What another rule says of a place need not be said twice.
    Optional<ListUses.Use> untold =
        left.stream().filter(use -> !isFound(use, elsewhere)).findFirst();
    return converted.isEmpty() || untold.isEmpty()
        ? Optional.empty()
        : Optional.of(finding(program, field, converted, untold.get(), left));
  }

  private static boolean mayBeOneList(Program program, ListUses.Use a, ListUses.Use b) {
    if (!ListUses.of(program).mayBeOneList(a, b)) {
      return false;
    }
    if (a.api().argument("head") < 0 || b.api().argument("head") < 0) {
      return true;
    }
    Optional<Set<String>> left = Heads.of(program).names(a);
    Optional<Set<String>> right = Heads.of(program).names(b);
    return left.isEmpty() || right.isEmpty() || !Collections.disjoint(left.get(), right.get());
  }

  private static boolean isExcused(ListUses.Use use, Elsewhere elsewhere) {
    return elsewhere.excused().stream()
        .anyMatch(x -> x.rule().startsWith("rcu-") && x.location().equals(use.location()));
  }

  private static boolean isFound(ListUses.Use use, Elsewhere elsewhere) {
    return elsewhere.findings().stream()
        .anyMatch(
            f ->
                f.rule().startsWith("rcu-list-")
                    && f.tier() != Tier.LATENT
                    && f.location().equals(use.location()));
  }

  private static Finding finding(
      Program program,
      FieldRef field,
      List<ListUses.Use> converted,
      ListUses.Use use,
      List<ListUses.Use> left) {
    List<Related> story = new ArrayList<>();
    for (ListUses.Use done : converted) {
      story.add(new Related(done.location(), "converted to " + done.api().name() + "() here"));
    }
    for (ListUses.Use other : left) {
      if (!other.equals(use)) {
        story.add(
            new Related(other.location(), "plain " + other.api().name() + "() is left here too"));
      }
    }
    // Without lockless readers nothing breaks yet; and one kind may be converted for a reason.
    boolean sure =
        RcuLists.of(program).contracts().contains(field)
            && converted.stream().anyMatch(c -> sameKind(c.api(), use.api()));
    return new Finding(
        INFO.id(),
        sure ? Tier.WARNING : Tier.LATENT,
        use.location(),
        use.function().name(),
        "plain %s() of '%s' is left, while others of its updates were converted to RCU"
            .formatted(use.api().name(), field),
        story);
  }
}
