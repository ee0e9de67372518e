// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who makes a function run: from its callers up to where the kernel's core comes in. A way is
 * followed through ops tables as far as the tree shows it.
 */
public final class Origins {
  /** Functions looked at for one answer; more is out of sight. */
  private static final int MAX_FUNCTIONS = 160;

  private static final String FAMILY = "entry";

  private final Program program;

  /** Who decides. */
  public enum Kind {
    /** A user does, by a system call. */
    USER,
    /** The kernel, when the last user is gone, or a user before. */
    LAST,
    /** The kernel, when the device or the module goes. */
    GONE,
    /** The kernel, when a device comes. */
    COMES,
    /** The kernel, once, when the module or the machine starts. */
    ONCE,
    /** Somebody in a thread of its own: a kernel thread or a worker. */
    THREAD,
    /** Something else that comes by itself. */
    OTHER,
    /** Not known. */
    UNSEEN
  }

  /**
   * Where a way begins.
   *
   * @param by what enters the first function: a member, a macro or a registrar; empty if unknown
   * @param chain from the first function to the one that was asked about
   */
  public record Origin(Kind kind, String by, List<FunctionRef> chain) {
    public Origin {
      chain = List.copyOf(chain);
    }

    /** Whether the kernel makes it run when what is used, or who uses it, goes. */
    public boolean isEnd() {
      return kind == Kind.LAST || kind == Kind.GONE;
    }

    public FunctionRef first() {
      return chain.get(0);
    }
  }

  private Origins(Program program) {
    this.program = program;
  }

  /** The origins of a program. */
  public static Origins of(Program program) {
    return program.memo(Origins.class, () -> new Origins(program));
  }

  /**
   * The origins of a function if no kind of them comes again and again by itself; else the first
   * other one that is found, alone.
   */
  public List<Origin> deciding(FunctionRef function) {
    return deciding(function, MAX_FUNCTIONS);
  }

  /**
   * The same for who asks many functions and wants those that are near to where they are entered.
   *
   * @param most so many functions are looked at; what is further away is not seen
   */
  public List<Origin> deciding(FunctionRef function, int most) {
    return program.memo(
        List.of("Origins.deciding", function, most),
        () -> {
          List<Origin> all = new ArrayList<>();
          return walk(function, most, o -> !isDecided(o), all::add)
              .map(List::of)
              .orElse(List.copyOf(all));
        });
  }

  private static boolean isDecided(Origin origin) {
    return switch (origin.kind()) {
      case USER, LAST, GONE, COMES, ONCE -> true;
      case THREAD, OTHER, UNSEEN -> false; // a thread is started by somebody else again
    };
  }

  /** A way from a kernel thread or a worker, the shortest; empty if none is seen. */
  public Optional<Origin> thread(FunctionRef function) {
    return program.memo(
        List.of("Origins.thread", function),
        () -> walk(function, MAX_FUNCTIONS, o -> o.kind() == Kind.THREAD, o -> {}));
  }

  /** The origin as a line of a story. */
  public Related line(Origin origin) {
    FunctionRef first = origin.first();
    StringBuilder text = new StringBuilder(first.name()).append("() ");
    text.append(
        switch (origin.kind()) {
          case USER -> "runs when a user wants it, by way of " + origin.by();
          case LAST -> "runs when the last user is gone, by way of " + origin.by();
          case GONE -> "runs when the device or the module goes, by way of " + origin.by();
          case COMES -> "runs when a device comes, by way of " + origin.by();
          case ONCE -> "runs once, by way of " + origin.by();
          case THREAD -> "runs in a thread of the kernel, by way of " + origin.by();
          case OTHER -> "runs by itself, by way of " + origin.by();
          case UNSEEN -> "is entered out of sight";
        });
    for (FunctionRef next : origin.chain().subList(1, origin.chain().size())) {
      text.append(", then ").append(next.name()).append("()");
    }
    return new Related(Location.of(first.file(), program.facts(first).position()), text.toString());
  }

  /**
   * Looks at origins, nearest first, until one is the wanted one; the others go to {@code passed}.
   * Where there are too many, what is left is one that is not seen.
   */
  private Optional<Origin> walk(
      FunctionRef function, int most, Predicate<Origin> wanted, Consumer<Origin> passed) {
    Map<FunctionRef, FunctionRef> below = new HashMap<>();
    Deque<FunctionRef> work = new ArrayDeque<>(List.of(function));
    below.put(function, function);
    while (!work.isEmpty()) {
      FunctionRef next = work.removeFirst();
      List<FunctionRef> chain = chain(next, below);
      List<Origin> origins = new ArrayList<>();
      if (below.size() > most) {
        work.clear();
        origins.add(new Origin(Kind.UNSEEN, "", chain));
      } else {
        for (FunctionRef caller : callers(next, chain, origins)) {
          if (below.putIfAbsent(caller, next) == null) {
            work.add(caller);
          }
        }
      }
      for (Origin origin : origins) {
        if (wanted.test(origin)) {
          return Optional.of(origin);
        }
        passed.accept(origin);
      }
    }
    return Optional.empty();
  }

  /** Who calls a function that is not entered otherwise; the other ways go to {@code origins}. */
  private List<FunctionRef> callers(
      FunctionRef function, List<FunctionRef> chain, List<Origin> origins) {
    Optional<Api> own = byName(function);
    if (own.isPresent()) {
      origins.add(new Origin(kind(own.get()), "a system call", chain));
      return List.of();
    }
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    if (ways.isEmpty()) {
      origins.add(new Origin(Kind.UNSEEN, "", chain));
    }
    List<FunctionRef> callers = new ArrayList<>();
    for (CallGraph.Way way : ways) {
      Optional<Origin> origin = origin(way, chain);
      origin.ifPresent(origins::add);
      if (origin.isEmpty()) {
        callers.add(way.caller().orElseThrow());
      }
    }
    return callers;
  }

  private static List<FunctionRef> chain(FunctionRef from, Map<FunctionRef, FunctionRef> below) {
    List<FunctionRef> chain = new ArrayList<>(List.of(from));
    FunctionRef at = from;
    for (FunctionRef next = below.get(at); next != null && !next.equals(at); next = below.get(at)) {
      chain.add(next);
      at = next;
    }
    return Collections.unmodifiableList(chain);
  }

  /** Where that way begins; empty if it begins further up. */
  private Optional<Origin> origin(CallGraph.Way way, List<FunctionRef> chain) {
    if (way instanceof CallGraph.Way.Through through) {
      return ofField(through.field(), chain);
    }
    Optional<OpsTables.Escape> escape =
        way instanceof CallGraph.Way.Core core
            ? Optional.of(core.escape())
            : way instanceof CallGraph.Way.Unknown unknown
                ? Optional.of(unknown.escape())
                : Optional.empty();
    if (escape.isEmpty()) {
      return Optional.empty();
    }
    Optional<Origin> known =
        escape.get().field().isPresent()
            ? ofField(escape.get().field().get(), chain)
            : program
                .model()
                .find(FAMILY, escape.get().callee())
                .map(row -> new Origin(kind(row), escape.get().callee() + "()", chain));
    return known.or(() -> Optional.of(byCore(way, escape.get(), chain)));
  }

  private Origin byCore(CallGraph.Way way, OpsTables.Escape escape, List<FunctionRef> chain) {
    String by = escape.field().map(FieldRef::toString).orElse(escape.callee() + "()");
    if (!(way instanceof CallGraph.Way.Core)) {
      return new Origin(Kind.UNSEEN, by, chain);
    }
    String name = escape.field().map(f -> f.tag() + "." + f.field()).orElse(escape.callee());
    Optional<Api> row = program.model().find("execution", name);
    return new Origin(
        row.flatMap(r -> program.model().find(FAMILY, r.texts().getOrDefault("as", "")))
            .map(Origins::kind)
            .orElse(Kind.OTHER),
        by,
        chain);
  }

  private Optional<Origin> ofField(FieldRef field, List<FunctionRef> chain) {
    Optional<Api> row =
        program
            .model()
            .find(FAMILY, field.tag() + "." + field.field())
            .or(() -> program.model().find(FAMILY, field.tag()))
            .or(() -> program.model().find(FAMILY, field.field()).filter(r -> r.is("member")));
    if (row.isPresent()) {
      return Optional.of(new Origin(kind(row.get()), field.toString(), chain));
    }
    Optional<Api> driver = program.model().find("driver", field.field());
    return driver
        .flatMap(Origins::kindOfDriver)
        .map(kind -> new Origin(kind, field.toString(), chain));
  }

  /** The end of something is followed to where it comes from. */
  private static Optional<Kind> kindOfDriver(Api row) {
    return switch (row.operation()) {
      case "bind" -> Optional.of(Kind.COMES);
      case "unbind" -> Optional.of(Kind.GONE);
      case "pause" -> Optional.of(Kind.OTHER);
      default -> Optional.empty();
    };
  }

  private static Kind kind(Api row) {
    return switch (row.operation()) {
      case "user" -> Kind.USER;
      case "last" -> Kind.LAST;
      case "gone" -> Kind.GONE;
      case "once" -> Kind.ONCE;
      case "thread" -> Kind.THREAD;
      default -> Kind.OTHER;
    };
  }

  /** The row of all functions whose names begin so. */
  private Optional<Api> byName(FunctionRef function) {
    for (Api row : prefixes()) {
      if (function.name().startsWith(row.name())) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private List<Api> prefixes() {
    return program.memo(
        "Origins.prefixes",
        () -> {
          List<Api> rows = new ArrayList<>();
          for (Api row : program.model().family(FAMILY)) {
            if (row.is("prefix")) {
              rows.add(row);
            }
          }
          return rows;
        });
  }
}
