// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which structs are reference counted, and by which functions: inferred from the bodies. */
public final class CountedObjects {
  private final Program program;
  private final CountEffects effects;

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

    private void addAll(Counted more) {
      counters.addAll(more.counters);
      gets.addAll(more.gets);
      tryGets.addAll(more.tryGets);
      puts.addAll(more.puts);
      releases.addAll(more.releases);
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
    this.effects = CountEffects.of(program);
  }

  /** The counted objects of a program. */
  public static CountedObjects of(Program program) {
    return program.memo(CountedObjects.class, () -> new CountedObjects(program));
  }

  /** What is inferred of structs of that bare tag, in any file of the tree. */
  private SortedMap<String, Counted> inferred(String bare) {
    return program.memo(
        List.of("CountedObjects.inferred", bare),
        () -> {
          SortedMap<String, Counted> byTag = new TreeMap<>();
          for (String name : Synonyms.of(program).ofTag(bare)) {
            for (String path : program.files(Term.OPERATES_ON, name)) {
              in(path, name)
                  .forEach((tag, c) -> byTag.computeIfAbsent(tag, Counted::new).addAll(c));
            }
          }
          byTag.keySet().removeIf(tag -> !bare(tag).equals(bare));
          return byTag;
        });
  }

  /** What a file shows of structs that its functions are given under that name. */
  private SortedMap<String, Counted> in(String path, String name) {
    return program.memo(
        List.of("CountedObjects.in", path, name),
        () -> {
          SortedMap<String, Counted> byTag = new TreeMap<>();
          program
              .linked(path)
              .all(Look.operatesOn(name))
              .map(OfFunction::function)
              .distinct()
              .forEach(f -> addToStructs(f, name::equals, byTag));
          return byTag;
        });
  }

  private void addToStructs(
      FunctionRef ref, Predicate<String> names, SortedMap<String, Counted> byTag) {
    List<Variable> parameters = program.parameters(ref);
    if (parameters.stream().noneMatch(p -> names.test(p.type().name()))) {
      return;
    }
    effects
        .of(ref)
        .forEach(
            (argument, all) ->
                CountEffects.single(all)
                    .ifPresent(
                        effect ->
                            tag(parameters.get(argument).type(), names, ref.file())
                                .ifPresent(
                                    tag -> {
                                      Counted c = byTag.computeIfAbsent(tag, Counted::new);
                                      c.of(effect).add(ref);
                                      details(c, ref, program.facts(ref), effect);
                                    })));
  }

  private void details(Counted counted, FunctionRef ref, FunctionFacts f, CountEffect effect) {
    for (Operation o : f.operations()) {
      Optional<Api> api = program.model().find(CountEffects.FAMILY, o.api());
      if (api.flatMap(CountEffects::effect).filter(e -> e == effect).isPresent()) {
        TypedPath path = o.operand(api.get().argument("arg")).path();
        if (CountEffects.isEmbedded(path.steps())) {
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
        program.resolve(callee, ref.file()).filter(c -> effects.frees(c)).ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<String> tag(CType type, Predicate<String> names, String file) {
    return type.pointers() == 1 && names.test(type.name())
        ? program.types().tag(type, file)
        : Optional.empty();
  }

  private static String bare(String tag) {
    return new FieldRef(tag, "").tag();
  }

  private boolean isOfModel(String tag) {
    for (Api api : program.model().family(CountEffects.FAMILY)) {
      if (bare(tag).equals(api.texts().get("of"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether user space may drop the last reference at any time: a {@code struct file}. */
  public boolean isUserHeld(String tag) {
    for (Api api : program.model().family(CountEffects.FAMILY)) {
      if (api.is("user-held") && bare(tag).equals(api.texts().get("of"))) {
        return true;
      }
    }
    return false;
  }

  /** How that struct is counted; empty if it is not. */
  public Optional<Counted> counted(String tag) {
    return program.settled(List.of("CountedObjects.counted", tag), () -> find(tag));
  }

  private Optional<Counted> find(String tag) {
    SortedMap<String, Counted> same = inferred(bare(tag));
    Optional<Counted> found = Optional.ofNullable(same.get(tag));
    if (isOfModel(tag)) {
      return same.isEmpty() && bare(tag).equals(tag) ? Optional.of(new Counted(tag)) : found;
    }
    return found.filter(c -> !c.puts().isEmpty());
  }
}
