// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.analyzer.model.Api;
import dev.pinion.rules.symbol.Pin.Odds;
import dev.pinion.rules.symbol.Pin.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one instruction does to one path. */
final class PinTransfer {
  private final PinContext context;
  private final PinUses uses;
  private final PinPuts puts;
  private final PinStashes stashes;
  private final PinPassing followed;

  PinTransfer(PinContext context) {
    this.context = context;
    this.uses = new PinUses(context);
    this.puts = new PinPuts(context);
    this.stashes = new PinStashes(context);
    this.followed = new PinPassing(context);
  }

  /** The paths that go on after the instruction; none if it surely crashes. */
  List<World> after(Instruction instruction, World world, PinEvents events) {
    if (instruction instanceof Instruction.Assign assign) {
      return assign(assign, PinUses.tested(assign.value(), world), events);
    }
    Instruction.Call call = (Instruction.Call) instruction;
    World seen = world;
    for (Value argument : call.arguments()) {
      seen = PinUses.tested(argument, seen);
    }
    return call(call, seen, events);
  }

  private List<World> assign(Instruction.Assign assign, World world, PinEvents events) {
    if (uses.reads(assign.value(), assign, world, events)
        || uses.goesThrough(assign.target(), assign, world, events)) {
      return List.of();
    }
    String place = world.facts().place(assign.target());
    int id = context.number(assign);
    boolean flag = assign.value() instanceof Value.Constant && !context.outlives(place);
    PathFacts facts =
        flag && !context.interest().decides(assign.target().toString())
            ? world.facts().assignNew(assign.target(), id)
            : world.facts().assign(assign.target(), assign.value(), id);
    return List.of(stashes.stored(assign.target(), place, world.with(facts), assign));
  }

  private List<World> call(Instruction.Call call, World world, PinEvents events) {
    for (Value argument : call.arguments()) {
      if (uses.reads(argument, call, world, events)) {
        return List.of();
      }
    }
    if (call.callee() instanceof Instruction.Callee.Indirect through) {
      return callThrough(call, through.path(), world, events);
    }
    Optional<SymbolWrapper> wrapper = context.wrapper(call.name());
    if (followed.passes(call, wrapper, world, events)) {
      return List.of();
    }
    Optional<Site> site = context.site(call);
    if (site.isPresent()) {
      return take(site.get(), world, events);
    }
    if (wrapper.isPresent() && wrapper.get().effect() == Effect.PUT) {
      return List.of(result(call, puts.put(call, wrapper.get(), world, events)));
    }
    if (wrapper.isPresent()
        && wrapper.get().effect() == Effect.FORWARD
        && wrapper.get().argument() < call.arguments().size()
        && call.result().isPresent()) {
      Instruction.Assign copy =
          new Instruction.Assign(
              call.result().get(), call.arguments().get(wrapper.get().argument()), call.position());
      String place = world.facts().place(copy.target());
      PathFacts facts = world.facts().assign(copy.target(), copy.value(), context.number(call));
      return List.of(stashes.stored(copy.target(), place, world.with(facts), call));
    }
    return List.of(result(call, ordinary(call, world, events)));
  }

  /** One path on which the symbol is there and pinned, one on which it is not. */
  private List<World> take(Site site, World world, PinEvents events) {
    Pin before = world.pins().get(site.id());
    if (before != null && before.is(State.HELD)) {
      events.takenAgain(site.id(), world);
    }
    String value = PathFacts.valueOf(site.id());
    PathFacts fresh = world.facts().define(site.id());
    World clean = forgetting(value, world.with(fresh));
    List<World> both = new ArrayList<>();
    for (State state : List.of(State.HELD, State.ABSENT)) {
      PathFacts facts = clean.facts().with(value, state == State.HELD ? present(site) : Known.ZERO);
      World taken = clean.with(facts).with(site.id(), Pin.taken(state, odds(state, site, clean)));
      Optional<AccessPath> result = site.call().result();
      if (result.isPresent()) {
        String place = taken.facts().place(result.get());
        taken = taken.with(taken.facts().store(place, value));
        taken = stashes.stored(result.get(), place, taken, site.call());
      }
      both.add(taken);
    }
    return both;
  }

  /**
   * A symbol of a module that is pinned already is there, unless its name is wrong. What an
   * attached symbol gives may be NULL all the same.
   */
  private Odds odds(State state, Site site, World world) {
    if (state == State.ABSENT && site.wrapper().effect() != Effect.ATTACH) {
      for (Map.Entry<Integer, Pin> e : world.pins().entrySet()) {
        if (e.getValue().is(State.HELD) && context.sameProvider(site, context.site(e.getKey()))) {
          return Odds.UNLIKELY;
        }
      }
    }
    return Odds.LIKELY;
  }

  /** A symbol is never an error pointer; what an attached symbol returned may be. */
  private static Known present(Site site) {
    return site.wrapper().effect() == Effect.ATTACH
        ? Known.NON_ZERO
        : Known.NON_ZERO.and(Known.errorPointer(false)).orElse(Known.NON_ZERO);
  }

  private static World forgetting(String value, World world) {
    if (world.derived().keySet().stream().noneMatch(v -> v.contains(value))) {
      return world;
    }
    SortedMap<String, Integer> others = new TreeMap<>(world.derived());
    others.keySet().removeIf(v -> v.contains(value));
    return new World(world.facts(), world.pins(), others, world.files());
  }

  private List<World> callThrough(
      Instruction.Call call, AccessPath path, World world, PinEvents events) {
    AccessPath pointer = path;
    while (!pointer.isVariable()
        && pointer.steps().get(pointer.steps().size() - 1) instanceof Step.Deref) {
      pointer = pointer.parent();
    }
    if (uses.goesThrough(pointer, call, world, events)) {
      return List.of();
    }
    Optional<Integer> site = world.siteOf(world.facts().held(world.facts().place(pointer)));
    if (site.isEmpty()) {
      World after = afterArguments(call, world);
      Optional<Integer> attached = attached(pointer, world);
      if (attached.isPresent()) {
        after = PinStashes.given(call, attached.get(), after);
      }
      return List.of(
          attached.isPresent() && call.result().isPresent()
              ? stashes.derived(call, call.result().get(), attached.get(), after)
              : result(call, after));
    }
    Pin pin = world.pin(site.get());
    if (pin.is(State.ABSENT)) {
      events.usedAbsent(site.get(), pointer, call.position());
      return List.of();
    }
    if (pin.is(State.DROPPED)) {
      String value = PathFacts.valueOf(site.get());
      events.usedDropped(site.get(), value, pointer, call.position(), world);
    }
    World after = afterArguments(call, world);
    if (call.result().isEmpty()) {
      return List.of(after);
    }
    return List.of(stashes.derived(call, call.result().get(), site.get(), after));
  }

  /** The last held pin of a provider that has filled the object through which a call goes. */
  private Optional<Integer> attached(AccessPath pointer, World world) {
    Optional<Integer> last = Optional.empty();
    for (Map.Entry<Integer, Pin> e : world.pins().entrySet()) {
      if (e.getValue().is(State.HELD)
          && PinPuts.isInAttached(context.site(e.getKey()), pointer, "", world)) {
        last = Optional.of(e.getKey());
      }
    }
    return last;
  }

  private World ordinary(Instruction.Call call, World world, PinEvents events) {
    World after = puts.releaser(call, world, events);
    Optional<Api> api = context.model().find("object", call.name());
    if (api.isPresent()) {
      after = object(call, api.get(), after);
    }
    return afterArguments(call, stashes.kept(call, after));
  }

  private static World object(Instruction.Call call, Api api, World world) {
    int index = api.argument("arg");
    boolean given = index >= 0 && index < call.arguments().size();
    String object = given ? world.facts().value(call.arguments().get(index)) : "";
    boolean file = "file".equals(api.texts().get("of"));
    return switch (api.operation()) {
      case "free" ->
          given ? world.eachPin(p -> p.freed(PathFacts.inside(object), call.position())) : world;
      case "get" -> file && given ? world.holding(object, call.position()) : world;
      case "put" -> file && given ? world.releasing(object) : world;
      default -> world;
    };
  }

  /** What is given by address may come back changed. */
  private World afterArguments(Instruction.Call call, World world) {
    PathFacts facts = world.facts();
    int count = 0;
    for (Value argument : call.arguments()) {
      if (argument instanceof Value.AddressOf address) {
        int id = context.number(call);
        String place = facts.place(address.path());
        facts = facts.store(place, PathFacts.valueOf(id) + "@" + count++);
      }
    }
    return world.with(facts);
  }

  private World result(Instruction.Call call, World world) {
    if (call.result().isEmpty()) {
      return world;
    }
    AccessPath target = call.result().get();
    int id = context.number(call);
    Optional<Api> api = context.model().find("object", call.name());
    boolean countedFile =
        api.isPresent()
            && "file".equals(api.get().texts().get("of"))
            && api.get().operation().equals("get");
    if (countedFile && api.get().argument("arg") >= 0) {
      World same =
          world.with(
              world.facts().assign(target, call.arguments().get(api.get().argument("arg")), id));
      return stashes.stored(target, same.facts().place(target), same, call);
    }
    World after = world.with(world.facts().assignNew(target, id));
    World noted = stashes.stored(target, after.facts().place(target), after, call);
    return countedFile ? noted.holding(PathFacts.valueOf(id), call.position()) : noted;
  }
}
