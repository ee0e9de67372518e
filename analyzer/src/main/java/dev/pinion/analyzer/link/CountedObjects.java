// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operand;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.TypedPath;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which structs are reference counted, and by which functions: inferred from the bodies. A function
 * that uses a counting primitive ({@code refcount_inc}, {@code kref_put}, {@code get_device}) on a
 * counter embedded in the object that its parameter points to does the same to that object; so does
 * one that passes its parameter on to such a function.
 */
public final class CountedObjects {
  /** Wrappers of wrappers of wrappers. */
  private static final int MAX_LEVELS = 3;

  /** A function with more callees than this is no thin wrapper. */
  private static final int MAX_CALLEES = 8;

  private static final String FAMILY = "object";

  private final Program program;
  private final Map<FunctionRef, Map<Integer, Set<CountEffect>>> effects = new HashMap<>();
  private final SortedMap<String, Counted> byTag = new TreeMap<>();

  /**
   * A counted struct.
   *
   * @param tag qualified as in {@link FieldRef}
   * @param counters the paths of its counters from the object, {@code users_count}; empty if only
   *     the model knows how it is counted
   */
  public record Counted(
      String tag,
      SortedSet<String> counters,
      SortedSet<FunctionRef> gets,
      SortedSet<FunctionRef> tryGets,
      SortedSet<FunctionRef> puts,
      SortedSet<FunctionRef> releases) {
    private Counted(String tag) {
      this(
          tag, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    private SortedSet<FunctionRef> of(CountEffect effect) {
      return switch (effect) {
        case GET -> gets;
        case TRY_GET -> tryGets;
        case PUT -> puts;
      };
    }
  }

  private CountedObjects(Program program) {
    this.program = program;
    Set<String> freed = countersThatFree();
    forEachFunction((ref, f) -> direct(ref, f, freed));
    for (int i = 0; i < MAX_LEVELS; i++) {
      forEachFunction(this::throughDrops);
    }
    effects.forEach(this::addToStructs);
    for (Api api : program.model().family(FAMILY)) {
      String tag = api.texts().get("of");
      if (tag != null && byTag.keySet().stream().noneMatch(t -> bare(t).equals(tag))) {
        byTag.put(tag, new Counted(tag));
      }
    }
    byTag.values().removeIf(c -> c.puts().isEmpty() && !isOfModel(c.tag()));
  }

  /** The counted objects of a program, inferred once. */
  public static CountedObjects of(Program program) {
    return program.memo(CountedObjects.class, () -> new CountedObjects(program));
  }

  private interface Visitor {
    void visit(FunctionRef ref, FunctionFacts facts);
  }

  private void forEachFunction(Visitor visitor) {
    for (String path : program.paths()) {
      int index = 0;
      for (FunctionFacts f : program.file(path).functions()) {
        FunctionRef ref = new FunctionRef(path, index++, f.name());
        if (!f.operations().isEmpty()) {
          visitor.visit(ref, f);
        }
      }
    }
  }

  /** Plain counters, by type and path, of which the last put leads to a free. */
  private Set<String> countersThatFree() {
    Set<String> all = new HashSet<>();
    forEachFunction(
        (ref, f) -> {
          for (Operation o : f.operations()) {
            Optional<Api> api = program.model().find(FAMILY, o.api());
            if (api.isPresent() && api.get().is("plain") && api.get().is("test")) {
              Operand operand = o.operand(api.get().argument("arg"));
              if (operand.form() == Operand.Form.ADDRESS && frees(ref, MAX_LEVELS)) {
                all.add(counter(operand.path()));
              }
            }
          }
        });
    return all;
  }

  private static String counter(TypedPath path) {
    return path.type().name() + path.steps();
  }

  private boolean frees(FunctionRef function, int levels) {
    return program.memo(
        List.of("frees", function, levels),
        () ->
            program.facts(function).callees().stream()
                .anyMatch(
                    c ->
                        program.model().does(c, FAMILY, "free")
                            || program.model().does(c, "rcu", "callback", "free")
                            || (levels > 0
                                && program
                                    .resolve(c, function.file())
                                    .filter(r -> frees(r, levels - 1))
                                    .isPresent())));
  }

  private void direct(FunctionRef ref, FunctionFacts f, Set<String> freed) {
    for (Operation o : f.operations()) {
      Optional<Api> api = program.model().find(FAMILY, o.api());
      Optional<CountEffect> effect = api.flatMap(CountedObjects::effect);
      if (effect.isEmpty()) {
        continue;
      }
      Operand operand = o.operand(api.get().argument("arg"));
      if (api.get().is("plain") && !freed.contains(counter(operand.path()))) {
        continue;
      }
      parameter(f, operand).ifPresent(i -> add(ref, i, effect.get()));
    }
  }

  private static Optional<CountEffect> effect(Api api) {
    return switch (api.operation()) {
      case "get" -> Optional.of(CountEffect.GET);
      case "try-get" -> Optional.of(CountEffect.TRY_GET);
      case "put" -> Optional.of(CountEffect.PUT);
      default -> Optional.empty();
    };
  }

  /** The parameter that points to the object that an operand is, or is embedded in. */
  private static Optional<Integer> parameter(FunctionFacts f, Operand operand) {
    TypedPath path = operand.path();
    boolean isObject =
        operand.form() == Operand.Form.LOAD
            ? path.steps().isEmpty()
            : operand.form() == Operand.Form.ADDRESS && isEmbedded(path.steps());
    if (!isObject || path.origin() != TypedPath.Origin.VARIABLE) {
      return Optional.empty();
    }
    for (int i = 0; i < f.parameters().size(); i++) {
      if (f.parameters().get(i).name().equals(path.root())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static boolean isEmbedded(List<Step> steps) {
    return !steps.isEmpty()
        && steps.get(0) instanceof Step.Arrow
        && steps.subList(1, steps.size()).stream().allMatch(s -> s instanceof Step.Dot);
  }

  private void add(FunctionRef ref, int argument, CountEffect effect) {
    effects
        .computeIfAbsent(ref, r -> new HashMap<>(2))
        .computeIfAbsent(argument, a -> EnumSet.noneOf(CountEffect.class))
        .add(effect);
  }

  /** Functions that give their parameter to one that drops it. */
  private void throughDrops(FunctionRef ref, FunctionFacts f) {
    if (f.callees().stream().anyMatch(c -> gets(c, ref.file()))) {
      return; // It gives back what it took, or one of two objects: not what its caller gave.
    }
    for (Operation o : f.operations()) {
      if (program.model().find(FAMILY, o.api()).isPresent()) {
        continue;
      }
      Optional<FunctionRef> callee = program.resolve(o.api(), ref.file());
      if (callee.isEmpty() || callee.get().equals(ref)) {
        continue;
      }
      effects
          .getOrDefault(callee.get(), Map.of())
          .forEach(
              (argument, all) -> {
                if (all.equals(EnumSet.of(CountEffect.PUT))) {
                  parameter(f, o.operand(argument)).ifPresent(i -> add(ref, i, CountEffect.PUT));
                }
              });
    }
  }

  private boolean gets(String callee, String file) {
    return program.functions(callee).stream().anyMatch(effects::containsKey)
        && program
            .resolve(callee, file)
            .map(c -> effects.getOrDefault(c, Map.of()).values())
            .filter(
                all ->
                    all.stream()
                        .anyMatch(
                            e -> e.contains(CountEffect.GET) || e.contains(CountEffect.TRY_GET)))
            .isPresent();
  }

  private void addToStructs(FunctionRef ref, Map<Integer, Set<CountEffect>> byArgument) {
    FunctionFacts f = program.facts(ref);
    byArgument.forEach(
        (argument, all) ->
            single(all)
                .ifPresent(
                    effect ->
                        tag(f.parameters().get(argument).type(), ref.file())
                            .ifPresent(
                                tag -> {
                                  Counted c = byTag.computeIfAbsent(tag, Counted::new);
                                  c.of(effect).add(ref);
                                  details(c, ref, f, effect);
                                })));
  }

  private void details(Counted counted, FunctionRef ref, FunctionFacts f, CountEffect effect) {
    for (Operation o : f.operations()) {
      Optional<Api> api = program.model().find(FAMILY, o.api());
      if (api.flatMap(CountedObjects::effect).filter(e -> e == effect).isPresent()) {
        TypedPath path = o.operand(api.get().argument("arg")).path();
        if (isEmbedded(path.steps())) {
          counted
              .counters()
              .add(AccessPath.variable("").thenAll(path.steps()).toString().substring(2));
        }
        if (effect == CountEffect.PUT) {
          counted.releases().addAll(releases(ref, f, api.get()));
        }
      }
    }
  }

  /**
   * What runs when the count drops to zero: the callback of the put, or who frees behind a test.
   */
  private Collection<FunctionRef> releases(FunctionRef ref, FunctionFacts f, Api put) {
    List<FunctionRef> all = new ArrayList<>();
    int callback = put.argument("release");
    for (FunctionFacts.Reference r : f.references()) {
      if (r.callee().equals(put.name()) && r.argument() == callback) {
        program.resolve(r.name(), ref.file()).ifPresent(all::add);
      }
    }
    if (put.is("test")) {
      for (String callee : f.callees()) {
        program.resolve(callee, ref.file()).filter(c -> frees(c, MAX_LEVELS)).ifPresent(all::add);
      }
    }
    return all;
  }

  /** One effect, if there is just one: who gets and puts leaves the count as it is. */
  private static Optional<CountEffect> single(Set<CountEffect> all) {
    if (all.contains(CountEffect.PUT)) {
      return all.size() == 1 ? Optional.of(CountEffect.PUT) : Optional.empty();
    }
    return all.contains(CountEffect.TRY_GET)
        ? Optional.of(CountEffect.TRY_GET)
        : all.stream().findFirst();
  }

  private Optional<String> tag(CType type, String file) {
    return type.pointers() == 1 ? program.types().tag(type, file) : Optional.empty();
  }

  private static String bare(String tag) {
    return new FieldRef(tag, "").tag();
  }

  private boolean isOfModel(String tag) {
    for (Api api : program.model().family(FAMILY)) {
      if (bare(tag).equals(api.texts().get("of"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether user space may drop the last reference at any time: a {@code struct file}. */
  public boolean isUserHeld(String tag) {
    for (Api api : program.model().family(FAMILY)) {
      if (api.is("user-held") && bare(tag).equals(api.texts().get("of"))) {
        return true;
      }
    }
    return false;
  }

  /** All counted structs by tag. */
  public Collection<Counted> all() {
    return byTag.values();
  }

  /** How that struct is counted; empty if it is not. */
  public Optional<Counted> counted(String tag) {
    return Optional.ofNullable(byTag.get(tag));
  }

  /**
   * What a call does to what its argument points to.
   *
   * @param callee the name called in {@code file}
   */
  public Optional<CountEffect> effect(String callee, int argument, String file) {
    Optional<Api> api = program.model().find(FAMILY, callee);
    if (api.isPresent()) {
      return api.get().argument("arg") == argument ? effect(api.get()) : Optional.empty();
    }
    return program
        .resolve(callee, file)
        .flatMap(f -> single(effectsOf(f, MAX_LEVELS).getOrDefault(argument, Set.of())));
  }

  /** {@link #effect} as far as facts alone tell: no body is loaded, wrappers may be missed. */
  Optional<CountEffect> plainEffect(String callee, int argument, String file) {
    return program.model().find(FAMILY, callee).isPresent()
        ? effect(callee, argument, file)
        : program
            .resolve(callee, file)
            .flatMap(
                f -> single(effects.getOrDefault(f, Map.of()).getOrDefault(argument, Set.of())));
  }

  /**
   * All that a call does to any of its arguments, as far as facts alone tell: thin wrappers of gets
   * may be missed.
   */
  public Set<CountEffect> effects(String callee, String file) {
    Set<CountEffect> all = EnumSet.noneOf(CountEffect.class);
    Optional<Api> api = program.model().find(FAMILY, callee);
    if (api.isPresent()) {
      effect(api.get()).ifPresent(all::add);
      return all;
    }
    program
        .resolve(callee, file)
        .ifPresent(
            f ->
                effects
                    .getOrDefault(f, Map.of())
                    .values()
                    .forEach(one -> single(one).ifPresent(all::add)));
    return all;
  }

  /** The inferred effects, or for a thin wrapper what its body passes its parameters to. */
  private Map<Integer, Set<CountEffect>> effectsOf(FunctionRef function, int levels) {
    Map<Integer, Set<CountEffect>> known = effects.get(function);
    if (known != null) {
      return known;
    }
    return program.memo(List.of("countEffects", function, levels), () -> wrapped(function, levels));
  }

  private Map<Integer, Set<CountEffect>> wrapped(FunctionRef function, int levels) {
    FunctionFacts facts = program.facts(function);
    boolean mayWrap =
        levels > 0
            && facts.callees().size() <= MAX_CALLEES
            && facts.parameters().stream().anyMatch(p -> p.type().isPointer())
            && facts.callees().stream().anyMatch(c -> touchesCounts(c, function, levels - 1));
    if (!mayWrap) {
      return Map.of();
    }
    Map<Integer, Set<CountEffect>> all = new TreeMap<>();
    Contexts.Body body = Contexts.of(program).body(function);
    for (Instruction.Call call : Calls.of(body.function())) {
      for (int i = 0; i < call.arguments().size(); i++) {
        Optional<CountEffect> effect = levelled(call.name(), i, function, levels - 1);
        int parameter =
            parameter(body.function(), body.typing().canonical(call.arguments().get(i)));
        if (effect.isPresent() && parameter >= 0) {
          all.computeIfAbsent(parameter, p -> EnumSet.noneOf(CountEffect.class)).add(effect.get());
        }
      }
    }
    return all;
  }

  private boolean touchesCounts(String callee, FunctionRef from, int levels) {
    return program.model().find(FAMILY, callee).flatMap(CountedObjects::effect).isPresent()
        || program
            .resolve(callee, from.file())
            .filter(c -> !c.equals(from) && !effectsOf(c, levels).isEmpty())
            .isPresent();
  }

  private Optional<CountEffect> levelled(
      String callee, int argument, FunctionRef from, int levels) {
    Optional<Api> api = program.model().find(FAMILY, callee);
    if (api.isPresent()) {
      // A plain counter has been looked at already: it counts references, or it does not.
      return api.get().argument("arg") == argument && !api.get().is("plain")
          ? effect(api.get())
          : Optional.empty();
    }
    return program
        .resolve(callee, from.file())
        .filter(c -> !c.equals(from))
        .flatMap(c -> single(effectsOf(c, levels).getOrDefault(argument, Set.of())));
  }

  private static int parameter(Function function, Value value) {
    if (value instanceof Value.Load load && load.path().isVariable()) {
      return function.parameterIndex(load.path().root());
    }
    return value instanceof Value.AddressOf address && isEmbedded(address.path().steps())
        ? function.parameterIndex(address.path().root())
        : -1;
  }

  /** Whether what a function returns carries a reference that is the caller's from then on. */
  public enum Acquisition {
    YES,
    NO,
    /** Its body is not known. */
    UNKNOWN
  }

  /** Whether the function takes a reference on its only argument and gives it back as result. */
  public boolean isPlainGet(String callee, String file) {
    Optional<Api> api = program.model().find(FAMILY, callee);
    if (api.isPresent()) {
      return api.get().does(FAMILY, "get", "try-get") && api.get().argument("arg") >= 0;
    }
    return program
        .resolve(callee, file)
        .filter(f -> program.facts(f).parameters().size() == 1)
        .map(f -> single(effects.getOrDefault(f, Map.of()).getOrDefault(0, Set.of())))
        .flatMap(e -> e)
        .filter(e -> e != CountEffect.PUT)
        .isPresent();
  }

  /** Whether the result of calling {@code callee} in {@code file} carries a reference. */
  public Acquisition acquires(String callee, String file) {
    Optional<Api> api = program.model().find(FAMILY, callee);
    if (api.isPresent()) {
      return api.get().does(FAMILY, "get", "alloc") ? Acquisition.YES : Acquisition.UNKNOWN;
    }
    return program
        .resolve(callee, file)
        .map(f -> acquires(f, MAX_LEVELS))
        .orElse(Acquisition.UNKNOWN);
  }

  private Acquisition acquires(FunctionRef function, int levels) {
    return program.memo(
        List.of("acquires", function, levels), () -> computeAcquires(function, levels));
  }

  private Acquisition computeAcquires(FunctionRef function, int levels) {
    FunctionFacts f = program.facts(function);
    if (!f.returnType().isPointer()) {
      return Acquisition.NO;
    }
    Acquisition result = f.indirectCalls().isEmpty() ? Acquisition.NO : Acquisition.UNKNOWN;
    for (String callee : f.callees()) {
      if (program.model().does(callee, FAMILY, "get", "try-get", "count-init", "alloc")) {
        return Acquisition.YES;
      }
      Optional<FunctionRef> next = program.resolve(callee, function.file());
      if (next.isEmpty() || next.get().equals(function)) {
        continue;
      }
      if (effects.getOrDefault(next.get(), Map.of()).values().stream()
          .anyMatch(e -> e.contains(CountEffect.GET) || e.contains(CountEffect.TRY_GET))) {
        return Acquisition.YES;
      }
      if (program.facts(next.get()).returnType().isPointer()) {
        Acquisition inner = levels == 0 ? Acquisition.UNKNOWN : acquires(next.get(), levels - 1);
        if (inner == Acquisition.YES) {
          return inner;
        }
        result = inner == Acquisition.UNKNOWN ? inner : result;
      }
    }
    return result;
  }
}
