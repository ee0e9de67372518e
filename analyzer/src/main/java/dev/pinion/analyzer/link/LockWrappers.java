// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.CorrelatedLocks;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.NetLocks;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Functions, macros and guards that leave a lock held, or give one back, for their caller: {@code
 * rtnl_lock()} and its like, known by their bodies. Found from the primitives upwards, in rounds:
 * each looks again at those who call what the last one has found. When nothing is new any more,
 * each body does what is said of it if its callees do: by induction over the depth of calls, in
 * rings as well. What has not settled by then counts only as far as it gives back.
 */
public final class LockWrappers {
  /** Wrappers of wrappers of wrappers. */
  private static final int MAX_ROUNDS = 6;

  /** Macros of macros. */
  private static final int MAX_MACROS = 6;

  private final Program program;
  private final LockTexts texts;

  private LockWrappers(Program program) {
    this.program = program;
    this.texts = new LockTexts(program);
  }

  /** The wrappers of a program. */
  public static LockWrappers of(Program program) {
    return program.memo(LockWrappers.class, () -> new LockWrappers(program));
  }

  /** What functions leave behind, as it is known after that many rounds. */
  private Map<FunctionRef, List<LockEffect>> known(int round) {
    return program.settled(
        List.of("LockWrappers.known", round), () -> round == 0 ? direct() : next(round));
  }

  /** What functions leave behind by their own facts. */
  private Map<FunctionRef, List<LockEffect>> direct() {
    Map<FunctionRef, List<LockEffect>> all = new HashMap<>();
    program.files(Term.Trait.LOCKS).forEach(path -> all.putAll(direct(path)));
    return all;
  }

  private Map<FunctionRef, List<LockEffect>> direct(String path) {
    return program.memo(
        List.of("LockWrappers.direct", path),
        () -> {
          Map<FunctionRef, List<LockEffect>> all = new HashMap<>();
          for (FunctionRef function : program.functionsIn(path)) {
            List<LockEffect> effects = program.facts(function).locks().effects();
            if (!effects.isEmpty() && !isPrimitive(function.name())) {
              all.put(function, effects);
            }
          }
          return all;
        });
  }

  /** Once more, with what is known by now of the callees of those who call a wrapper. */
  private Map<FunctionRef, List<LockEffect>> next(int round) {
    Map<FunctionRef, List<LockEffect>> all = new HashMap<>(known(round - 1));
    for (String name : news(round - 1)) {
      for (FunctionRef caller : program.functionsCalling(name)) {
        List<LockEffect> effects = at(caller, round - 1);
        if (effects.isEmpty()) {
          all.remove(caller);
        } else {
          all.put(caller, effects);
        }
      }
    }
    return all;
  }

  /** The names that a round has found to be wrappers, or other ones; macros and guards too. */
  private SortedSet<String> news(int round) {
    return program.settled(
        List.of("LockWrappers.news", round),
        () -> {
          SortedSet<String> names = new TreeSet<>();
          Map<FunctionRef, List<LockEffect>> now = known(round);
          Map<FunctionRef, List<LockEffect>> before = round == 0 ? Map.of() : known(round - 1);
          now.forEach((f, effects) -> add(f, !effects.equals(before.get(f)), names));
          before.keySet().forEach(f -> add(f, !now.containsKey(f), names));
          SortedSet<String> macros = new TreeSet<>(macros(round));
          macros.removeAll(round == 0 ? Set.of() : macros(round - 1));
          names.addAll(macros);
          return names;
        });
  }

  private static void add(FunctionRef function, boolean isNew, SortedSet<String> into) {
    if (isNew) {
      into.add(function.name());
    }
  }

  /** The macros and guards that call a primitive or a wrapper, directly or by others. */
  private SortedSet<String> macros(int round) {
    return program.settled(
        List.of("LockWrappers.macros", round),
        () -> {
          SortedSet<String> all = new TreeSet<>();
          SortedSet<String> level = new TreeSet<>();
          known(round).keySet().forEach(f -> level.add(f.name()));
          for (Api api : program.model().family("lock")) {
            if (!LockMacros.primitive(program.model(), api.name()).isEmpty()) {
              level.add(api.name());
            }
          }
          for (int i = 0; i < MAX_MACROS && !level.isEmpty(); i++) {
            SortedSet<String> callers = texts.macrosCalling(level);
            callers.removeIf(this::isPrimitive);
            callers.removeAll(all);
            all.addAll(callers);
            level.clear();
            level.addAll(callers);
          }
          return all;
        });
  }

  /** The names of functions, macros and guards that may leave something behind. */
  private Set<String> names(int round) {
    return program.settled(
        List.of("LockWrappers.names", round),
        () -> {
          Set<String> names = new HashSet<>(macros(round));
          known(round).keySet().forEach(f -> names.add(f.name()));
          return names;
        });
  }

  /** The last round that has brought anything. */
  private int last() {
    return program.settled(
        "LockWrappers.last",
        () -> {
          int round = 0;
          while (round < MAX_ROUNDS && !news(round).isEmpty()) {
            round++;
          }
          return round;
        });
  }

  /**
   * Neither {@code block} nor {@code clock}. The words bound whose bodies are looked at, and who
   * passes on what its callees <em>may</em> have left behind: everybody calls {@code kfree()}, and
   * few are meant to leave behind what it may.
   */
  private static boolean soundsLikeLock(String name) {
    return Arrays.stream(name.split("_"))
        .anyMatch(
            w ->
                (w.endsWith("lock") || w.endsWith("locked"))
                    && !w.contains("block")
                    && !w.contains("clock"));
  }

  /** Takes and never gives back, or the other way round. */
  private static boolean isOneSided(Set<LockEffect.Kind> kinds) {
    boolean takes =
        kinds.contains(LockEffect.Kind.ACQUIRE)
            || kinds.contains(LockEffect.Kind.ENTER)
            || kinds.contains(LockEffect.Kind.MAYBE);
    boolean gives =
        kinds.contains(LockEffect.Kind.RELEASE) || kinds.contains(LockEffect.Kind.LEAVE);
    return takes != gives;
  }

  private boolean isPrimitive(String name) {
    return LockMacros.isPrimitive(program.model(), name);
  }

  /** Whether the function calls one, so that its facts do not tell all that it holds. */
  public boolean areCalledIn(FunctionRef function) {
    return areCalledIn(function, last());
  }

  private boolean areCalledIn(FunctionRef function, int round) {
    return program.memo(
        List.of("LockWrappers.areCalledIn", function, round),
        () ->
            program.facts(function).callees().stream()
                .anyMatch(n -> !effects(n, function.file(), round).isEmpty()));
  }

  /** What a call of {@code name} in {@code file} leaves behind. */
  public List<LockEffect> effects(String name, String file) {
    return effects(name, file, last());
  }

  private List<LockEffect> effects(String name, String file, int round) {
    return effects(name, file, round, MAX_MACROS);
  }

  private List<LockEffect> effects(String name, String file, int round, int depth) {
    if (!names(round).contains(name) || depth == 0) {
      return List.of();
    }
    Optional<LockTexts.Guard> guard = texts.guard(name);
    if (guard.isPresent()) {
      return ofMacro(
          List.of(LockTexts.OBJECT), guard.get().body(), guard.get().file(), round, depth);
    }
    Optional<FunctionRef> callee = program.resolve(name, file);
    if (callee.isEmpty()) {
      return program.macros(name, file).stream()
          .limit(1)
          .flatMap(
              m -> ofMacro(m.parameters(), MacroText.of(m.body()), file, round, depth).stream())
          .toList();
    }
    return asSeenFrom(file, callee.get(), of(callee.get(), round));
  }

  private List<LockEffect> of(FunctionRef function, int round) {
    return program.settled(
        List.of("LockWrappers.of", function, round),
        () -> {
          List<LockEffect> known = this.known(round).getOrDefault(function, List.of());
          return round == MAX_ROUNDS && news(round).contains(function.name())
              ? known.stream().filter(LockEffect::isEnd).toList()
              : known;
        });
  }

  /** What a macro's use does, as far as is known of what its body calls. */
  private List<LockEffect> ofMacro(
      List<String> parameters, MacroText body, String file, int round, int depth) {
    return LockMacros.effects(
        parameters,
        body,
        name ->
            isPrimitive(name)
                ? LockMacros.primitive(program.model(), name)
                : effects(name, file, round, depth - 1));
  }

  /** What a call of the function leaves behind, if its callees do what that round knows. */
  private List<LockEffect> at(FunctionRef function, int round) {
    return program.memo(
        List.of("LockWrappers.at", function, round),
        () -> {
          List<LockEffect> direct = program.facts(function).locks().effects();
          if (isPrimitive(function.name())
              || !areCalledIn(function, round)
              || (direct.isEmpty() && !mayWrap(function, round))) {
            return direct;
          }
          Function body = program.ir(function);
          Typing typing = new Typing(body, program.model());
          LockAnalysis analysis =
              new LockAnalysis(
                  program.model(),
                  body,
                  typing,
                  call -> effects(call.name(), function.file(), round));
          boolean isWrapper = soundsLikeLock(function.name());
          List<LockEffect> effects =
              NetLocks.of(
                  body,
                  CorrelatedLocks.solve(body, analysis),
                  isWrapper ? NetLocks.OfCallees.PASSED_ON : NetLocks.OfCallees.IGNORED);
          return isWrapper ? effects : withoutProcessor(effects, direct);
        });
  }

  /**
   * Less what a callee has done to the state of the processor. That hangs on more than the model
   * knows, interrupts are also off under spinlocks, and each caller would pass it on.
   */
  private static List<LockEffect> withoutProcessor(
      List<LockEffect> effects, List<LockEffect> direct) {
    return effects.stream()
        .filter(
            e ->
                !LockAnalysis.isOfProcessor(e.flavour())
                    || direct.stream().anyMatch(d -> d.flavour().equals(e.flavour())))
        .toList();
  }

  /** A function that calls a wrapper and, by its look, leaves something behind itself. */
  private boolean mayWrap(FunctionRef function, int round) {
    if (soundsLikeLock(function.name())) {
      return true;
    }
    Set<LockEffect.Kind> kinds = EnumSet.noneOf(LockEffect.Kind.class);
    for (String callee : program.facts(function).callees()) {
      (isPrimitive(callee)
              ? LockMacros.primitive(program.model(), callee)
              : effects(callee, function.file(), round))
          .forEach(e -> kinds.add(e.kind()));
    }
    return isOneSided(kinds);
  }

  private List<LockEffect> asSeenFrom(String file, FunctionRef callee, List<LockEffect> known) {
    List<LockEffect> effects = new ArrayList<>();
    for (LockEffect effect : known) {
      String global = effect.lock().global();
      if (global.isEmpty()
          || callee.file().equals(file)
          || !Globals.isStatic(program, global, callee.file())) {
        effects.add(effect);
      } else if (effect.lock().steps().isEmpty()) {
        effects.add(
            new LockEffect(
                effect.kind(),
                new LockEffect.Place(-1, global + "@" + callee.file(), List.of()),
                effect.mode(),
                effect.flavour(),
                effect.when()));
      }
    }
    return effects;
  }
}
