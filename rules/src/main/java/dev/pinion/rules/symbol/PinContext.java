// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Interest;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrapper.By;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.analyzer.link.SymbolWrappers;
import dev.pinion.analyzer.model.KernelModel;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What the pin analysis needs to know of a function that does not change from path to path. */
final class PinContext {
  private final FunctionRef ref;
  private final Function function;
  private final Program program;
  private final Typing typing;
  private final SymbolWrappers wrappers;
  private final Helpers helpers;
  private final Interest interest;
  private final IdentityHashMap<Instruction, Integer> numbers = new IdentityHashMap<>();
  private final Map<Integer, Site> sites = new TreeMap<>();

  PinContext(FunctionRef ref, Program program) {
    this.ref = ref;
    this.program = program;
    this.function = program.ir(ref);
    this.typing = new Typing(function, program.model());
    this.wrappers = SymbolWrappers.of(program);
    this.helpers = Helpers.of(program);
    this.interest = new Interest(function);
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        int id = numbers.size();
        numbers.put(instruction, id);
        if (instruction instanceof Instruction.Call call) {
          site(id, call).ifPresent(s -> sites.put(id, s));
        }
      }
    }
  }

  private PinContext(PinContext all, Site only) {
    this.ref = all.ref;
    this.program = all.program;
    this.function = all.function;
    this.typing = all.typing;
    this.wrappers = all.wrappers;
    this.helpers = all.helpers;
    this.interest = all.interest;
    this.numbers.putAll(all.numbers);
    this.sites.put(only.id(), only);
  }

  /** The same with only one call that takes a symbol; the others are calls like any. */
  PinContext only(Site site) {
    return new PinContext(this, site);
  }

  private Optional<Site> site(int id, Instruction.Call call) {
    Optional<SymbolWrapper> wrapper = wrapper(call.name());
    if (wrapper.isEmpty()) {
      return helpers
          .getter(call.name(), ref.file())
          .map(
              symbol ->
                  new Site(
                      id,
                      call,
                      new SymbolWrapper(call.name(), 0, By.NAME, Effect.GET, "helper"),
                      Optional.of(symbol),
                      symbol));
    }
    if (wrapper.get().effect() != Effect.GET && wrapper.get().effect() != Effect.ATTACH) {
      return Optional.empty();
    }
    return key(call, wrapper.get())
        .map(
            key ->
                new Site(
                    id,
                    call,
                    wrapper.get(),
                    SymbolTaking.symbol(call, wrapper.get(), typing),
                    key));
  }

  FunctionRef ref() {
    return ref;
  }

  Function function() {
    return function;
  }

  Program program() {
    return program;
  }

  KernelModel model() {
    return program.model();
  }

  Typing typing() {
    return typing;
  }

  Interest interest() {
    return interest;
  }

  /** The instruction's number, by which values are named. */
  int number(Instruction instruction) {
    Integer number = numbers.get(instruction);
    if (number == null) {
      throw new IllegalArgumentException("not of this function: " + instruction);
    }
    return number;
  }

  Optional<Site> site(Instruction.Call call) {
    return Optional.ofNullable(sites.get(number(call)));
  }

  Site site(int id) {
    Site site = sites.get(id);
    if (site == null) {
      throw new IllegalArgumentException("no site " + id);
    }
    return site;
  }

  Iterable<Site> sites() {
    return sites.values();
  }

  Optional<SymbolWrapper> wrapper(String name) {
    return name.isEmpty() ? Optional.empty() : wrappers.find(name, ref.file());
  }

  /** The parameter whose object's pins a call of that name drops by address. */
  OptionalInt released(String name) {
    return helpers.releaser(name, ref.file());
  }

  /** Whether the two symbols are of one module. */
  boolean sameProvider(Site a, Site b) {
    if (a.symbol().isEmpty() || b.symbol().isEmpty()) {
      return false;
    }
    ModuleMap modules = ModuleMap.of(program);
    for (Export left : Exports.of(program).of(a.symbol().get())) {
      for (Export right : Exports.of(program).of(b.symbol().get())) {
        if (modules.sameModule(left.location().file(), right.location().file())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Where a call of that name stores that argument so that it outlives the call. */
  Optional<Location> keeper(String name, int argument) {
    return helpers.keeper(name, ref.file(), argument);
  }

  /**
   * What links a put to its get: the symbol's name, or for a run-time string the expression's text.
   * Empty if the symbol is named by an address.
   */
  Optional<String> key(Instruction.Call call, SymbolWrapper wrapper) {
    Optional<String> symbol = SymbolTaking.symbol(call, wrapper, typing);
    if (symbol.isPresent()
        || wrapper.by() == By.ADDRESS
        || wrapper.argument() >= call.arguments().size()) {
      return symbol;
    }
    Value value = typing.canonical(call.arguments().get(wrapper.argument()));
    return Optional.of("*" + value);
  }

  /** Whether what is stored in that place is there after the function has returned. */
  boolean outlives(String place) {
    if (place.contains("->")) {
      return true;
    }
    int end = 0;
    while (end < place.length() && place.charAt(end) != '.' && place.charAt(end) != '[') {
      end++;
    }
    return function
        .variable(place.substring(0, end))
        .map(v -> v.kind() == Variable.Kind.STATIC_LOCAL)
        .orElse(true);
  }
}
