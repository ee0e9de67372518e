// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who, tree-wide, drops a pin that another function took, and who leaves one to be dropped. That is
 * what tells a leak from a pin that was handed over.
 */
final class Partners {
  /** A put of a pin that was held when the function was entered. */
  record Drop(FunctionRef function, Location location, String call) {}

  /**
   * A put by an address that is read from an object.
   *
   * @param fields the members read on the way
   * @param tags the structs they are of
   */
  record AddressDrop(Drop drop, Set<FieldRef> fields, Set<String> tags) {}

  /** A path that ends with the pin held. */
  record Leaver(FunctionRef function, Location taken, boolean kept) {}

  /**
   * A path that drops a pin and leaves the symbol stored, so that whoever tests that place takes it
   * for held.
   *
   * @param path the place, as it is written there
   */
  record Stale(
      FunctionRef function,
      Location taken,
      Location dropped,
      FieldRef field,
      String path,
      Pin.Odds odds) {}

  private final Program program;

  /** Everything of all functions; drops and the like by the symbol's key. */
  private record Table(
      Map<String, List<Stale>> stale,
      Map<String, List<Drop>> drops,
      List<AddressDrop> addressDrops,
      Map<String, List<Leaver>> leavers) {}

  private Partners(Program program) {
    this.program = program;
  }

  static Partners of(Program program) {
    return program.memo(Partners.class, () -> new Partners(program));
  }

  private Table table() {
    return program.settled("Partners.table", this::collect);
  }

  private Table collect() {
    Table table = new Table(new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), new TreeMap<>());
    for (FunctionRef function : SymbolFunctions.of(program)) {
      PinReport report = PinReport.of(function, program);
      for (PinReport.Put put : report.callersPuts()) {
        put(table.drops(), put.key(), function, drop(function, put.call()));
      }
      for (PinReport.AddressPut put : report.addressPuts()) {
        table.addressDrops().add(addressDrop(report.context(), put));
      }
      for (Site site : report.context().sites()) {
        stale(report, site).ifPresent(s -> put(table.stale(), site.key(), function, s));
        leaver(report, site).ifPresent(l -> put(table.leavers(), site.key(), function, l));
      }
    }
    return table;
  }

  private static <T> void put(
      Map<String, List<T>> into, String key, FunctionRef function, T value) {
    into.computeIfAbsent(scoped(key, function.file()), k -> new ArrayList<>(1)).add(value);
  }

  /** Expressions mean the same only within one file. */
  private static String scoped(String key, String file) {
    return key.startsWith("*") ? file + key : key;
  }

  private static Drop drop(FunctionRef function, Instruction.Call call) {
    String argument = call.arguments().isEmpty() ? "" : Shown.value(call.arguments().get(0));
    return new Drop(
        function,
        Location.of(function.file(), call.position()),
        call.name() + "(" + argument + ")");
  }

  private AddressDrop addressDrop(PinContext context, PinReport.AddressPut put) {
    Set<FieldRef> fields = new TreeSet<>();
    Set<String> tags = new TreeSet<>();
    AccessPath path = put.path();
    for (int i = 0; i <= path.steps().size(); i++) {
      AccessPath prefix = new AccessPath(path.root(), path.steps().subList(0, i));
      Optional<Types.Place> place = place(context, prefix);
      place.flatMap(Types.Place::field).ifPresent(fields::add);
      place.flatMap(p -> program.types().tag(p.type(), p.file())).ifPresent(tags::add);
    }
    return new AddressDrop(drop(context.ref(), put.call()), fields, tags);
  }

  /** What the types say of a place, as seen from the function. */
  static Optional<Types.Place> place(PinContext context, AccessPath path) {
    TypedPath typed = context.typing().typed(path);
    return context.program().types().resolve(typed, context.ref().file());
  }

  /** The member that a place is, as seen from the function. */
  static Optional<FieldRef> field(PinContext context, AccessPath path) {
    return place(context, path).flatMap(Types.Place::field);
  }

  /** The struct that a place is of or points to. */
  static Optional<String> tag(PinContext context, AccessPath path) {
    return place(context, path).flatMap(p -> context.program().types().tag(p.type(), p.file()));
  }

  private static Optional<Leaver> leaver(PinReport report, Site site) {
    Optional<Leaver> found = Optional.empty();
    FunctionRef function = report.context().ref();
    for (PinReport.End end : report.ends()) {
      Pin pin = end.world().pins().get(site.id());
      if (pin == null || !pin.is(Pin.State.HELD)) {
        continue;
      }
      boolean kept =
          !pin.stashes().isEmpty()
              || site.wrapper().effect() == SymbolWrapper.Effect.ATTACH
              || end.value().equals(Optional.of(PathFacts.valueOf(site.id())));
      if (kept || found.isEmpty()) {
        Location taken = Location.of(function.file(), site.call().position());
        found = Optional.of(new Leaver(function, taken, kept));
      }
    }
    return found;
  }

  private static Optional<Stale> stale(PinReport report, Site site) {
    FunctionRef function = report.context().ref();
    for (PinReport.End end : report.ends()) {
      Pin pin = end.world().pins().get(site.id());
      if (pin == null || !pin.is(Pin.State.DROPPED)) {
        continue;
      }
      for (Pin.Stash stash : end.kept(pin)) {
        Optional<FieldRef> field = field(report.context(), stash.path());
        if (stash.what() == Pin.Stash.What.SYMBOL && field.isPresent()) {
          return Optional.of(
              new Stale(
                  function,
                  Location.of(function.file(), site.call().position()),
                  Location.of(function.file(), pin.dropped()),
                  field.get(),
                  Shown.path(stash.path()),
                  end.world().odds()));
        }
      }
    }
    return Optional.empty();
  }

  /** A path elsewhere that has dropped the pin of {@code key} and left a place set that is read. */
  Optional<Stale> stale(String key, FunctionRef reader) {
    return table().stale().getOrDefault(scoped(key, reader.file()), List.of()).stream()
        .filter(s -> !s.function().equals(reader) && reads(reader, s.field()))
        .findFirst();
  }

  /** Puts of that symbol in other functions than the one that takes it. */
  List<Drop> drops(Site site, FunctionRef taker) {
    return table().drops().getOrDefault(scoped(site.key(), taker.file()), List.of()).stream()
        .filter(d -> !d.function().equals(taker))
        .toList();
  }

  List<AddressDrop> addressDrops() {
    return table().addressDrops();
  }

  /**
   * Another function that leaves with a pin which a put of {@code key} may drop. Who takes a pin
   * and who drops it are parts of one driver: what is kept in another folder is not for this put.
   */
  Optional<Leaver> leaver(String key, FunctionRef putter) {
    String file = putter.file();
    return table().leavers().getOrDefault(scoped(key, file), List.of()).stream()
        .filter(l -> !l.function().equals(putter))
        .filter(l -> l.kept() || l.function().file().equals(file))
        .filter(l -> areNear(l.function().file(), file))
        .findFirst();
  }

  private static boolean areNear(String taker, String putter) {
    return taker.endsWith(".h")
        || putter.endsWith(".h")
        || taker
            .substring(0, taker.lastIndexOf('/') + 1)
            .equals(putter.substring(0, putter.lastIndexOf('/') + 1));
  }

  /** Whether some function, perhaps that one, leaves with the pin and a place that tells of it. */
  boolean isKeptByPointer(String key, FunctionRef near) {
    return table().leavers().getOrDefault(scoped(key, near.file()), List.of()).stream()
        .anyMatch(Leaver::kept);
  }

  /** Whether the function reads that member. */
  boolean reads(FunctionRef function, FieldRef field) {
    return program.memo(List.of("reads", function, field), () -> readsMember(function, field));
  }

  private boolean readsMember(FunctionRef function, FieldRef field) {
    FunctionFacts facts = program.facts(function);
    for (TypedPath called : facts.indirectCalls()) {
      if (program
          .types()
          .resolve(called, function.file())
          .flatMap(Types.Place::field)
          .filter(field::equals)
          .isPresent()) {
        return true;
      }
    }
    Typing typing = new Typing(program.ir(function), program.model());
    Set<FieldRef> read = new TreeSet<>();
    for (BasicBlock block : program.ir(function).cfg().blocks()) {
      Paths.read(block)
          .forEach(
              p ->
                  program
                      .types()
                      .resolve(typing.typed(p), function.file())
                      .flatMap(Types.Place::field)
                      .ifPresent(read::add));
    }
    return read.contains(field);
  }

  /** Whether the function runs when its module is unloaded, itself or within a few calls. */
  Optional<FunctionRef> exit(FunctionRef function) {
    return exit(function, 3);
  }

  private Optional<FunctionRef> exit(FunctionRef function, int levels) {
    boolean named =
        program.invocations(function.file()).stream()
            .anyMatch(
                i ->
                    i.name().equals("module_exit")
                        && i.arguments().equals(List.of(function.name())));
    if (named) {
      return Optional.of(function);
    }
    if (levels > 0) {
      for (FunctionRef caller : program.callersOf(function)) {
        Optional<FunctionRef> above = exit(caller, levels - 1);
        if (above.isPresent()) {
          return above;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the function is a module's or the kernel's init function. */
  boolean isInit(FunctionRef function) {
    return program.invocations(function.file()).stream()
        .anyMatch(
            i -> i.name().endsWith("_init") && i.arguments().equals(List.of(function.name())));
  }

  static Location end(PinContext context, Position position) {
    return Location.of(context.ref().file(), position);
  }
}
