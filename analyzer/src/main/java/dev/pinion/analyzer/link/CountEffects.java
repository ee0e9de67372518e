// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.Api;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What functions do to the reference counts of what their parameters point to, inferred from facts:
 * a function that uses a counting primitive ({@code refcount_inc}, {@code kref_put}, {@code
 * get_device}) on a counter embedded in the object that its parameter points to does the same to
 * that object; so does one that passes its parameter on to such a function.
 */
public final class CountEffects {
  /** Wrappers of wrappers of wrappers. */
  private static final int MAX_LEVELS = 3;

  static final String FAMILY = "object";

  private final Program program;

  private CountEffects(Program program) {
    this.program = program;
  }

  /** The effects in a program. */
  public static CountEffects of(Program program) {
    return program.memo(CountEffects.class, () -> new CountEffects(program));
  }

  /** Whether a plain counter is one of which the last put leads to a free, by type and path. */
  boolean freesAtZero(TypedPath counter) {
    String name = counter(counter);
    String member = FileTerms.lastMember(counter.steps());
    return program.settled(
        List.of("CountEffects.freesAtZero", name, member),
        () ->
            program.files(Term.OPERAND, member).stream()
                .filter(filesWithTests()::contains)
                .anyMatch(path -> countersThatFree(path, member).contains(name)));
  }

  /** The files in which a plain counter is dropped and tested. */
  private Set<String> filesWithTests() {
    return program.memo(
        "CountEffects.filesWithTests",
        () -> {
          Set<String> all = new HashSet<>();
          for (Api api : program.model().family(FAMILY)) {
            if (api.is("plain") && api.is("test")) {
              all.addAll(program.files(Term.OPERATION, api.name()));
            }
          }
          return all;
        });
  }

  /** The plain counters of a file that end in that member and of which the last put frees. */
  private Set<String> countersThatFree(String path, String member) {
    return program.memo(
        List.of("CountEffects.countersThatFree", path, member),
        () -> {
          Set<String> all = new HashSet<>();
          program
              .linked(path)
              .all(Look.operand(member))
              .forEach(
                  operation ->
                      counterThatMayFree(operation.item())
                          .filter(c -> FileTerms.lastMember(c.steps()).equals(member))
                          .filter(c -> frees(operation.function()))
                          .ifPresent(c -> all.add(counter(c))));
          return all;
        });
  }

  private Optional<TypedPath> counterThatMayFree(Operation operation) {
    return program
        .model()
        .find(FAMILY, operation.api())
        .filter(api -> api.is("plain") && api.is("test"))
        .map(api -> operation.operand(api.argument("arg")))
        .filter(operand -> operand.form() == Operand.Form.ADDRESS)
        .map(Operand::path);
  }

  private static String counter(TypedPath path) {
    return path.type().name() + path.steps();
  }

  /** Whether the function, or one that it calls, frees something. */
  boolean frees(FunctionRef function) {
    return FreeingFunctions.frees(function, program);
  }

  /** What a function does to what its parameters point to, by parameter. */
  Map<Integer, Set<CountEffect>> of(FunctionRef function) {
    return of(function, MAX_LEVELS);
  }

  private Map<Integer, Set<CountEffect>> of(FunctionRef function, int levels) {
    return program.operations(function).isEmpty()
        ? Map.of()
        : program.memo(
            List.of("CountEffects", function, levels),
            () -> levels == 0 ? direct(function) : throughDrops(function, levels - 1));
  }

  private Map<Integer, Set<CountEffect>> direct(FunctionRef function) {
    Map<Integer, Set<CountEffect>> effects = new TreeMap<>();
    for (Operation o : program.operations(function)) {
      Optional<Api> api = program.model().find(FAMILY, o.api());
      Optional<CountEffect> effect = api.flatMap(CountEffects::effect);
      if (effect.isEmpty()) {
        continue;
      }
      Operand operand = o.operand(api.get().argument("arg"));
      if (api.get().is("plain") && !freesAtZero(operand.path())) {
        continue;
      }
      parameter(function, operand).ifPresent(i -> add(effects, i, effect.get()));
    }
    return effects;
  }

  /** Whether a row is of a function that takes, tries to take or drops a reference. */
  public static boolean isCounting(Api api) {
    return effect(api).isPresent();
  }

  static Optional<CountEffect> effect(Api api) {
    return switch (api.operation()) {
      case "get" -> Optional.of(CountEffect.GET);
      case "try-get" -> Optional.of(CountEffect.TRY_GET);
      case "put" -> Optional.of(CountEffect.PUT);
      default -> Optional.empty();
    };
  }

  /** The parameter that points to the object that an operand is, or is embedded in. */
  private Optional<Integer> parameter(FunctionRef function, Operand operand) {
    TypedPath path = operand.path();
    boolean isObject =
        operand.form() == Operand.Form.LOAD
            ? path.steps().isEmpty()
            : operand.form() == Operand.Form.ADDRESS && isEmbedded(path.steps());
    if (!isObject || path.origin() != TypedPath.Origin.VARIABLE) {
      return Optional.empty();
    }
    List<Variable> parameters = program.parameters(function);
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(path.root())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  static boolean isEmbedded(List<Step> steps) {
    return !steps.isEmpty()
        && steps.get(0) instanceof Step.Arrow
        && steps.subList(1, steps.size()).stream().allMatch(s -> s instanceof Step.Dot);
  }

  /** The members from an object to a place embedded in it, {@code core.kref}; else empty. */
  static String pathText(List<Step> steps) {
    return isEmbedded(steps) ? AccessPath.variable("").thenAll(steps).toString().substring(2) : "";
  }

  private static void add(
      Map<Integer, Set<CountEffect>> effects, int argument, CountEffect effect) {
    effects.computeIfAbsent(argument, a -> EnumSet.noneOf(CountEffect.class)).add(effect);
  }

  /** A function that gives its parameter to one that drops it. */
  private Map<Integer, Set<CountEffect>> throughDrops(FunctionRef ref, int levels) {
    Map<Integer, Set<CountEffect>> effects = new TreeMap<>();
    of(ref, levels).forEach((argument, all) -> effects.put(argument, EnumSet.copyOf(all)));
    for (Operation o : program.operations(ref)) {
      Optional<FunctionRef> callee = program.resolve(o.api(), ref.file());
      if (callee.isPresent() && !callee.get().equals(ref)) {
        of(callee.get(), levels)
            .forEach(
                (argument, all) -> {
                  Optional<Integer> parameter =
                      all.equals(EnumSet.of(CountEffect.PUT))
                          ? parameter(ref, o.operand(argument))
                          : Optional.empty();
                  // Who also gets gives back what it took, or one of two objects: not what its
                  // caller gave.
                  if (parameter.isPresent()
                      && program.callees(ref).stream()
                          .noneMatch(c -> gets(c, ref.file(), levels))) {
                    add(effects, parameter.get(), CountEffect.PUT);
                  }
                });
      }
    }
    return effects;
  }

  /** What a function does to what its parameters point to, by parameter, from facts alone. */
  public Map<Integer, CountEffect> plainEffects(FunctionRef function) {
    Map<Integer, CountEffect> all = new TreeMap<>();
    of(function).forEach((i, effects) -> single(effects).ifPresent(e -> all.put(i, e)));
    return all;
  }

  /** Whether the function takes a reference to what a parameter of it points to, or tries to. */
  public boolean takes(FunctionRef function) {
    return of(function, 0).values().stream()
        .anyMatch(e -> e.contains(CountEffect.GET) || e.contains(CountEffect.TRY_GET));
  }

  private boolean gets(String callee, String file, int levels) {
    return program
        .resolve(callee, file)
        .map(c -> of(c, levels).values())
        .filter(
            all ->
                all.stream()
                    .anyMatch(e -> e.contains(CountEffect.GET) || e.contains(CountEffect.TRY_GET)))
        .isPresent();
  }

  /** One effect, if there is just one: who gets and puts leaves the count as it is. */
  static Optional<CountEffect> single(Set<CountEffect> all) {
    if (all.contains(CountEffect.PUT)) {
      return all.size() == 1 ? Optional.of(CountEffect.PUT) : Optional.empty();
    }
    return all.contains(CountEffect.TRY_GET)
        ? Optional.of(CountEffect.TRY_GET)
        : all.stream().findFirst();
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
        .flatMap(
            f -> single(CountWrappers.of(program).effectsOf(f).getOrDefault(argument, Set.of())));
  }

  /**
   * What a call does to what its argument points to, as far as facts alone tell: no body is loaded,
   * wrappers may be missed.
   */
  public Optional<CountEffect> plainEffect(String callee, int argument, String file) {
    return program.model().find(FAMILY, callee).isPresent()
        ? effect(callee, argument, file)
        : program
            .resolve(callee, file)
            .flatMap(f -> single(of(f).getOrDefault(argument, Set.of())));
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
        .ifPresent(f -> of(f).values().forEach(one -> single(one).ifPresent(all::add)));
    return all;
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
        .map(f -> single(of(f).getOrDefault(0, Set.of())))
        .flatMap(e -> e)
        .filter(e -> e != CountEffect.PUT)
        .isPresent();
  }
}
