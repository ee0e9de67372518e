// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.dataflow.HeldLock.Claim;
import dev.pinion.analyzer.dataflow.HeldLock.Mode;
import dev.pinion.analyzer.dataflow.LockState.Pending;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which locks are surely held and which read-side sections surely open, within one function. An
 * assertion ({@code lockdep_assert_held}) counts as holding from there on: the caller must meet it.
 */
public final class LockAnalysis implements Analysis<LockState> {
  /** Kinds of sections that are closed by their own primitive, and not by another one's. */
  private static final List<String> CLOSED_APART = List.of("trace", "bh", "irq", "preempt");

  /** Those of them that are a state of the processor, which more than their primitives change. */
  private static final Set<String> OF_PROCESSOR = Set.of("bh", "irq", "preempt");

  /** What is known of calls that the model does not know: functions around lock primitives. */
  public interface Wrappers {
    /** Nothing is known but the model. */
    Wrappers NONE = call -> List.of();

    /** What the call leaves behind; empty for what leaves all as it was, or is not known. */
    List<LockEffect> effects(Instruction.Call call);
  }

  private final KernelModel model;
  private final Typing typing;
  private final Wrappers wrappers;
  private final LockState entry;
  private final List<HeldLock> givenBack;

  /**
   * @param function the function that is to be solved; what its annotations say counts
   * @param typing its types
   */
  public LockAnalysis(KernelModel model, Function function, Typing typing, Wrappers wrappers) {
    this.model = model;
    this.typing = typing;
    this.wrappers = wrappers;
    LockAnnotations annotations = new LockAnnotations(model, function);
    LockState held = LockState.NOTHING;
    for (HeldLock lock : annotations.onEntry()) {
      held = held.with(lock);
    }
    this.entry = held;
    this.givenBack = annotations.released();
  }

  /** Whether sections of that flavour are a state of the processor: interrupts off, for one. */
  public static boolean isOfProcessor(String flavour) {
    return OF_PROCESSOR.contains(flavour);
  }

  /** The locks that the function says it gives back. */
  List<HeldLock> givenBack() {
    return givenBack;
  }

  @Override
  public LockState entry() {
    return entry;
  }

  @Override
  public LockState join(LockState left, LockState right) {
    return left.meet(right);
  }

  @Override
  public LockState after(Instruction instruction, LockState before) {
    if (instruction instanceof Instruction.Assign assign) {
      return afterAssignment(assign, before);
    }
    Instruction.Call call = (Instruction.Call) instruction;
    LockState clean = afterResult(call, before);
    if (!model.knows(call.name())) {
      return afterWrapper(call, clean);
    }
    Optional<Api> lock = model.find("lock", call.name());
    LockState state = lock.isPresent() ? afterLock(call, lock.get(), clean) : clean;
    Optional<Api> rcu = model.find("rcu", call.name());
    if (rcu.isPresent()) {
      return afterRcu(call, rcu.get(), state);
    }
    return lock.isPresent() ? state : afterWrapper(call, state);
  }

  /** Few states hang on a result; the others need not know how a path is spelled. */
  private static LockState afterResult(Instruction.Call call, LockState before) {
    return before.pending().isEmpty() || call.result().isEmpty()
        ? before
        : before.forgetting(call.result().get().toString());
  }

  /** The lock that a call of a primitive names; empty for other calls, or if it is not known. */
  public Optional<HeldLock> named(Instruction.Call call) {
    return model.find("lock", call.name()).flatMap(api -> lock(call, api));
  }

  /** The lock that a wrapper's effect is about at that call; empty if its place is not known. */
  public Optional<HeldLock> left(LockEffect effect, Instruction.Call call) {
    return heldBy(effect, call);
  }

  private LockState afterWrapper(Instruction.Call call, LockState before) {
    LockState state = before;
    for (LockEffect effect : wrappers.effects(call)) {
      state = after(effect, call, state);
    }
    return state;
  }

  private LockState after(LockEffect effect, Instruction.Call call, LockState before) {
    if (effect.isOfSection()) {
      return after(effect.kind(), new Section(effect.flavour(), call.position()), before);
    }
    Optional<HeldLock> lock = heldBy(effect, call);
    if (lock.isEmpty()) {
      return before;
    }
    if (effect.kind() == LockEffect.Kind.RELEASE) {
      return before.without(lock.get());
    }
    if (effect.kind() == LockEffect.Kind.MAYBE) {
      return before.withMaybe(lock.get().claimed(Claim.LEFT_MAYBE));
    }
    return switch (effect.when()) {
      case ALWAYS -> before.with(lock.get());
      case NON_ZERO -> awaiting(call, lock.get(), Pending.When.NON_ZERO, before);
      case ZERO -> awaiting(call, lock.get(), Pending.When.ZERO, before);
    };
  }

  private static LockState after(LockEffect.Kind kind, Section section, LockState before) {
    return switch (kind) {
      case ENTER -> before.entering(section);
      case LEAVE -> before.leaving(section);
      case MAYBE -> before.enteringMaybe(section);
      case ACQUIRE, RELEASE -> before;
    };
  }

  private Optional<HeldLock> heldBy(LockEffect effect, Instruction.Call call) {
    if (effect.lock().isElsewhere()) {
      return Optional.of(
          HeldLock.global(effect.lock().global(), effect.mode(), Claim.TAKEN, call.position()));
    }
    return typing
        .place(effect.lock(), call)
        .map(p -> HeldLock.at(p, effect.mode(), Claim.TAKEN, call.position()));
  }

  /** A result that is copied decides the same; one that is overwritten decides nothing any more. */
  private static LockState afterAssignment(Instruction.Assign assign, LockState before) {
    if (before.pending().isEmpty()) {
      return before;
    }
    LockState clean = before.forgetting(assign.target().toString());
    if (assign.value() instanceof Value.Load load) {
      Pending copied = before.pending().get(load.path().toString());
      return copied == null ? clean : clean.awaiting(assign.target().toString(), copied);
    }
    return clean;
  }

  private LockState afterLock(Instruction.Call call, Api api, LockState before) {
    if (api.operation().equals("believe")) {
      return believing(call, api, before);
    }
    Optional<HeldLock> named = lock(call, api);
    if (named.isEmpty()) {
      return before;
    }
    HeldLock lock = named.get();
    return switch (api.operation()) {
      case "acquire", "assert" -> before.with(lock);
      case "release" -> before.without(lock);
      case "downgrade" -> before.downgraded(lock);
      case "try" -> awaiting(call, lock, Pending.When.NON_ZERO, before);
      case "try-zero" -> awaiting(call, lock, Pending.When.ZERO, before);
      default -> before;
    };
  }

  /** After a call that is right only if its condition holds, as far as that is about locks. */
  private LockState believing(Instruction.Call call, Api api, LockState before) {
    LockState state = before;
    int condition = api.argument("cond");
    if (condition >= 0 && condition < call.arguments().size()) {
      for (HeldLock lock : tested(call.arguments().get(condition), call.position())) {
        state = state.with(lock);
      }
    }
    return state;
  }

  /** The locks that a condition demands: {@code lockdep_is_held(&a) && lockdep_is_held(&b)}. */
  private List<HeldLock> tested(Value condition, Position position) {
    if (!(condition instanceof Value.Compound test)) {
      return List.of();
    }
    if (test.operator().equals("&&")) {
      return test.operands().stream().flatMap(o -> tested(o, position).stream()).toList();
    }
    return model
        .find("lock", test.operator())
        .filter(a -> a.operation().equals("test"))
        .flatMap(a -> lock(test.operands(), position, a))
        .stream()
        .toList();
  }

  private static LockState awaiting(
      Instruction.Call call, HeldLock lock, Pending.When when, LockState before) {
    return call.result()
        .map(r -> before.awaiting(r.toString(), new Pending(lock, when)))
        .orElse(before);
  }

  /** The lock that a call takes or drops; empty if its place is not known. */
  private Optional<HeldLock> lock(Instruction.Call call, Api api) {
    return lock(call.arguments(), call.position(), api);
  }

  private Optional<HeldLock> lock(List<Value> arguments, Position position, Api api) {
    Mode mode = api.is("exclusive") ? Mode.EXCLUSIVE : Mode.SHARED;
    Claim claim = api.does("lock", "assert", "test") ? Claim.ASSERTED : Claim.TAKEN;
    String global = api.texts().get("global");
    if (global != null) {
      return Optional.of(HeldLock.global(global, mode, claim, position));
    }
    int index = api.argument("arg");
    if (index < 0 || index >= arguments.size()) {
      return Optional.empty();
    }
    Value argument = arguments.get(index);
    String member = api.texts().getOrDefault("member", "");
    String name = member.isEmpty() ? asked(argument) : "";
    return (member.isEmpty() ? place(argument) : member(argument, member))
        .map(p -> HeldLock.at(p, mode, claim, position))
        .map(l -> name.isEmpty() ? l : l.called(name));
  }

  /** A lock that a function says: two calls of it with the same arguments mean the same lock. */
  private String asked(Value argument) {
    return typing.canonical(argument) instanceof Value.Load load && load.path().isVariable()
        ? typing
            .definition(load.path().root())
            .filter(d -> d instanceof Instruction.Call call && !call.name().isEmpty())
            .map(d -> text((Instruction.Call) d))
            .orElse("")
        : "";
  }

  private String text(Instruction.Call call) {
    return call.name()
        + call.arguments().stream()
            .map(a -> typing.canonical(a).toString())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The lock in the object that is passed: {@code sk->sk_lock} in {@code lock_sock(sk)}. */
  private Optional<AccessPath> member(Value argument, String member) {
    return typing.inside(argument, LockEffect.members(member));
  }

  /** The place a pointer argument points to: {@code &x->lock} and {@code x->lockp} alike. */
  private Optional<AccessPath> place(Value argument) {
    Value value = typing.canonical(argument);
    if (value instanceof Value.AddressOf address) {
      return Optional.of(address.path());
    }
    if (value instanceof Value.Load load) {
      return Optional.of(load.path().deref());
    }
    return Optional.empty();
  }

  private LockState afterRcu(Instruction.Call call, Api api, LockState before) {
    if (api.operation().equals("enter")) {
      return before.entering(new Section(flavour(call, api), call.position()));
    }
    if (api.operation().equals("leave")) {
      return before.leaving(new Section(flavour(call, api), call.position()));
    }
    return before;
  }

  private String flavour(Instruction.Call call, Api api) {
    int index = api.argument("srcu");
    if (index >= 0 && index < call.arguments().size()) {
      return "srcu:" + place(call.arguments().get(index)).map(AccessPath::toString).orElse("?");
    }
    return CLOSED_APART.stream().filter(api::is).findFirst().orElse("rcu");
  }

  @Override
  public LockState along(Terminator terminator, int successor, LockState state) {
    if (!(terminator instanceof Terminator.Branch branch) || state.pending().isEmpty()) {
      return state;
    }
    Condition condition = branch.condition();
    if (isOwn(condition)) {
      boolean own =
          (condition.operator() == Condition.Operator.EQ) == (successor == branch.ifTrue());
      return own ? heldAlready(state) : state;
    }
    if (!(condition.left() instanceof Value.Load load)
        || !condition.right().equals(Value.ZERO)
        || branch.ifTrue() == branch.ifFalse()) {
      return state;
    }
    Pending pending = state.pending().get(load.path().toString());
    if (pending == null) {
      return state;
    }
    boolean zero =
        switch (condition.operator()) {
          case EQ -> successor == branch.ifTrue();
          case NE -> successor == branch.ifFalse();
          case LT -> successor == branch.ifFalse(); // "if (ret < 0)": zero is on the other side
          case LE, GT, GE -> false;
        };
    boolean taken = zero == (pending.when() == Pending.When.ZERO);
    return taken ? state.with(pending.lock()) : state;
  }

  /** {@code owner == current} of a global owner: whoever runs this is the one. */
  private boolean isOwn(Condition condition) {
    return (condition.operator() == Condition.Operator.EQ
            || condition.operator() == Condition.Operator.NE)
        && ((isSelf(condition.left()) && isGlobal(condition.right()))
            || (isSelf(condition.right()) && isGlobal(condition.left())));
  }

  private boolean isGlobal(Value value) {
    return value instanceof Value.Load load
        && load.path().isVariable()
        && !typing.declares(load.path().root());
  }

  private boolean isSelf(Value value) {
    return value instanceof Value.Load load
        && load.path().isVariable()
        && model.does(load.path().root(), "lock", "self");
  }

  /**
   * A lock that was tried and not got is held all the same where its owner turns out to be who runs
   * this: a lock that may be taken again, counted by hand.
   */
  private static LockState heldAlready(LockState state) {
    LockState held = state;
    for (Pending tried : state.pending().values()) {
      if (tried.when() == Pending.When.NON_ZERO) {
        held = held.with(tried.lock());
      }
    }
    return held;
  }
}
