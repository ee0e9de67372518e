// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Interest;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Borrowing;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OtherNames;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** What instructions do to a path and to the reference it holds. */
final class LeakSteps {
  private static final String FAMILY = "reference";

  /** A path that has passed its object on more often is not followed further. */
  private static final int MAX_LENT = 6;

  private final Program program;
  private final FunctionRef function;
  private final Function body;
  private final LeakSite site;
  private final Interest interest;
  private final LeakLending lending;
  private final boolean lends;
  private final IdentityHashMap<Instruction, Integer> numbers = new IdentityHashMap<>();

  /** The variables of which the values are followed. */
  private final Set<String> followed = new HashSet<>();

  /**
   * @param lending what calls do with the object, as paths show
   * @param passing whether a path goes on behind a call that may keep the object
   */
  LeakSteps(
      Program program,
      FunctionRef function,
      Function body,
      LeakSite site,
      Interest interest,
      LeakLending lending,
      LeakWalk.Passing passing) {
    this.program = program;
    this.function = function;
    this.body = body;
    this.site = site;
    this.interest = interest;
    this.lending = lending;
    this.lends = passing == LeakWalk.Passing.LENDS && site.kind() != LeakSite.Kind.COUNTED;
    this.followed.addAll(interest.variables());
    followed.addAll(LeakBranches.tested(body));
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        numbers.put(instruction, numbers.size());
      }
    }
    if (site.kind() == LeakSite.Kind.COUNTED) {
      followed.add(root(site.call().arguments().get(site.argument())));
    }
  }

  private static String root(Value value) {
    return value instanceof Value.Load load
        ? load.path().root()
        : ((Value.AddressOf) value).path().root();
  }

  /** The path behind an instruction. */
  LeakStand after(Instruction instruction, LeakStand before) {
    return instruction instanceof Instruction.Assign assign
        ? assign(assign, before)
        : call((Instruction.Call) instruction, before);
  }

  private LeakStand assign(Instruction.Assign assign, LeakStand before) {
    boolean moves = before.isMeant(before.facts().value(assign.value()));
    if (moves && !isLocal(assign.target())) {
      return before.ending(Fate.HANDED_OVER);
    }
    AccessPath target = assign.target();
    boolean follows = moves || followed.contains(target.root());
    if (!follows && !before.facts().places().containsKey(before.facts().place(target))) {
      return before;
    }
    boolean flag = assign.value() instanceof Value.Constant;
    boolean plain = !moves && flag && !interest.decides(target.toString());
    return before.with(
        plain
            ? before.facts().assignNew(target, number(assign))
            : before.facts().assign(target, assign.value(), number(assign)));
  }

  private int number(Instruction instruction) {
    return numbers.getOrDefault(instruction, 0);
  }

  private boolean isLocal(AccessPath path) {
    return path.isVariable()
        && body.variable(path.root())
            .filter(v -> v.kind() != Variable.Kind.STATIC_LOCAL)
            .isPresent();
  }

  private LeakStand call(Instruction.Call call, LeakStand before) {
    if (isOtherName(call, before)) {
      return named(call.result().orElseThrow(), before);
    }
    LeakStand seen = before.isHeld() ? given(call, before) : before;
    if (seen.fate().isEnd()) {
      return seen;
    }
    if (call.equals(site.call())) {
      boolean exchanged = seen.fate() == Fate.PUT && before.isHeld();
      return seen.fate() == Fate.NOT_TAKEN
          ? take(seen)
          : exchanged ? seen : seen.ending(again(seen));
    }
    PathFacts facts = seen.facts();
    int count = 0;
    for (Value argument : call.arguments()) {
      if (argument instanceof Value.AddressOf address && followed.contains(address.path().root())) {
        String value = PathFacts.valueOf(number(call)) + "@" + count++;
        facts = facts.store(facts.place(address.path()), value);
      }
    }
    if (call.result().isPresent()) {
      AccessPath result = call.result().get();
      boolean isLent = seen.lent().contains(number(call));
      if (isLent
          || followed.contains(result.root())
          || facts.places().containsKey(facts.place(result))) {
        facts = facts.assignNew(result, number(call));
      }
    }
    return seen.with(facts);
  }

  /** What is taken once more is lost if the one variable that knew it is overwritten. */
  private Fate again(LeakStand before) {
    boolean lost =
        before.isHeld()
            && site.kind() == LeakSite.Kind.FOUND
            && site.call()
                .result()
                .filter(r -> !before.isHeldBesides(before.facts().place(r)))
                .isPresent();
    return lost ? Fate.TAKEN_AGAIN : Fate.NONE;
  }

  /** What becomes of the reference when the object is given to a call. */
  private LeakStand given(Instruction.Call call, LeakStand before) {
    LeakStand stand = before;
    for (int i = 0; i < call.arguments().size(); i++) {
      Value argument = call.arguments().get(i);
      String value = before.facts().value(argument);
      boolean byAddress =
          argument instanceof Value.AddressOf address
              && before.isMeant(before.facts().held(before.facts().place(address.path())));
      if (byAddress) {
        return before.ending(Fate.HANDED_OVER);
      }
      if (before.isMeant(value)) {
        boolean isObject = CountCall.object(value).equals(before.object());
        Fate fate = fate(call, i, isObject);
        if (fate == Fate.HANDED_OVER && isObject && mayLend(call, i, stand)) {
          stand = stand.lentTo(number(call));
        } else if (fate != Fate.HELD) {
          return stand.ending(fate);
        }
      }
    }
    return stand;
  }

  /** Whether a call that may keep what it is given is one of which other paths may tell more. */
  private boolean mayLend(Instruction.Call call, int argument, LeakStand before) {
    return lends
        && call.kind() == Instruction.CallKind.ORDINARY
        && before.lent().size() < MAX_LENT
        && !program.model().does(call.name(), FAMILY, "keep")
        && !mayBeOtherName(call, argument);
  }

  /** What is put by a name that it may have given is not seen. */
  private boolean mayBeOtherName(Instruction.Call call, int argument) {
    return lending.givesPointer(call)
        && OtherNames.of(program).of(call.name(), argument, function.file())
            != OtherNames.Answer.NO;
  }

  /** {@code light = to_light(dev)}: it is the object, by another name. */
  private boolean isOtherName(Instruction.Call call, LeakStand before) {
    for (int i = 0; lends && before.isHeld() && i < call.arguments().size(); i++) {
      String value = before.facts().value(call.arguments().get(i));
      if (CountCall.object(value).equals(before.object())) {
        return call.result().isPresent()
            && program.model().find(FAMILY, call.name()).isEmpty()
            && CountCall.of(call, function, program).isEmpty()
            && OtherNames.of(program).of(call.name(), i, function.file())
                == OtherNames.Answer.SURELY;
      }
    }
    return false;
  }

  private LeakStand named(AccessPath result, LeakStand before) {
    PathFacts facts = before.facts();
    return isLocal(result)
        ? before.with(facts.store(facts.place(result), before.object()))
        : before.ending(Fate.HANDED_OVER);
  }

  private Fate fate(Instruction.Call call, int argument, boolean isObject) {
    if (call.kind() == Instruction.CallKind.CLEANUP) {
      return Fate.CLEANED_UP;
    }
    if (call.name().isEmpty() || !isObject) {
      return Fate.HANDED_OVER;
    }
    Optional<Api> row = program.model().find(FAMILY, call.name());
    boolean drops =
        row.filter(
                r ->
                    (r.operation().equals("put") && r.argument("arg") == argument)
                        || (r.operation().equals("take") && r.argument("drops") == argument)
                        || (r.operation().equals("each") && r.argument("cursor") == argument))
            .isPresent();
    Optional<CountEffect> effect =
        CountCall.of(call, function, program)
            .filter(c -> c.argument() == argument)
            .map(CountCall::effect);
    if (drops || effect.filter(e -> e == CountEffect.PUT).isPresent()) {
      return Fate.PUT;
    }
    if (effect.isPresent() && !call.equals(site.call())) {
      return Fate.HANDED_OVER; // More than one is held then.
    }
    return Borrowing.of(program).onlyLooks(call.name(), argument, function.file())
        ? Fate.HELD
        : Fate.HANDED_OVER;
  }

  private LeakStand take(LeakStand before) {
    return taken(
        before.with(new TakenFrom(program, function, site, interest).learn(before.facts())));
  }

  private LeakStand taken(LeakStand before) {
    Optional<AccessPath> result = site.call().result();
    if (site.kind() == LeakSite.Kind.COUNTED) {
      Value argument = site.call().arguments().get(site.argument());
      String object = CountCall.object(before.facts().value(argument));
      PathFacts known = before.facts().with(object, Known.PRESENT);
      if (result.isEmpty()) {
        return before.holding(object, known);
      }
      if (!isLocal(result.get())) {
        return before.ending(Fate.NONE);
      }
      boolean isPointer =
          body.variable(result.get().root()).filter(v -> v.type().isPointer()).isPresent();
      if (isPointer) {
        return before.holding(object, known.store(known.place(result.get()), object));
      }
      PathFacts taken = known.assignNew(result.get(), number(site.call()));
      return before.holding(
          object, taken.with(PathFacts.valueOf(number(site.call())), Known.NON_ZERO));
    }
    String object = PathFacts.valueOf(number(site.call()));
    PathFacts fresh = before.facts().define(number(site.call())).with(object, Known.PRESENT);
    if (result.isEmpty() || !isLocal(result.get())) {
      return before.ending(Fate.NONE);
    }
    return before.holding(object, fresh.store(fresh.place(result.get()), object));
  }
}
