// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Where symbols of other modules are taken, used and given back. */
public final class SymbolSites {
  private SymbolSites() {}

  /** Functions that take symbols or give them back. */
  public static List<FunctionRef> functions(Program program) {
    TreeSet<FunctionRef> all = new TreeSet<>(SymbolTaking.takers(program));
    List<String> puts = new ArrayList<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals("symbol-put")) {
        puts.add(api.name());
      }
    }
    all.addAll(Operations.calling(program, puts));
    all.removeIf(f -> f.file().endsWith(".h") || f.file().startsWith("kernel/module/"));
    return List.copyOf(all);
  }

  /** The calls that give a symbol back, in block order. */
  static List<Site.Known> puts(Site site) {
    return site.calls("object").filter(c -> c.api().operation().equals("symbol-put")).toList();
  }

  /** The pointers that hold what a taking in the function gives. */
  static List<AccessPath> pointers(Site site, Predicate<SymbolTaking> wanted) {
    return SymbolTaking.in(site.function(), site.program()).stream()
        .filter(wanted)
        .flatMap(t -> t.call().result().stream())
        .map(r -> copied(site, r))
        .toList();
  }

  /** Where the result ends up: it is often assigned by way of a temporary. */
  private static AccessPath copied(Site site, AccessPath result) {
    return site.program().ir(site.function()).cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .filter(i -> i instanceof Instruction.Assign)
        .map(i -> (Instruction.Assign) i)
        .filter(a -> a.value().equals(new Value.Load(result)))
        .map(Instruction.Assign::target)
        .findFirst()
        .orElse(result);
  }

  /** Whether the put names the symbol that is taken there, or any by its address. */
  private static boolean isOf(SymbolTaking taking, Site.Known put) {
    return !"name".equals(put.api().texts().get("by"))
        || taking
            .symbol()
            .filter(s -> put.call().arguments().toString().equals("[" + s + "]"))
            .isPresent();
  }

  /** The last call through the symbol that is put, before the put. */
  static Optional<Instruction.Call> lastUse(Site site, Site.Known before) {
    List<AccessPath> pointers = pointers(site, taking -> isOf(taking, before));
    return Calls.of(site.program().ir(site.function())).stream()
        .filter(
            c ->
                c.callee() instanceof Instruction.Callee.Indirect i
                    && pointers.stream().anyMatch(p -> i.path().startsWith(p)))
        .filter(c -> c.position().compareTo(before.call().position()) < 0)
        .reduce((first, second) -> second);
  }
}
