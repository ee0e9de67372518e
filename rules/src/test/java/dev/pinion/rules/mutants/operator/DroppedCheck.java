// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The test of a symbol for NULL is left out: the function goes on as if it had been found. Of a
 * test of several things, only that one goes.
 *
 * @param ofAttached whether what is tested is what a symbol gave that was called at once, as {@code
 *     dvb_attach()} does, and not the symbol
 */
record DroppedCheck(String id, boolean ofAttached, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return SymbolSites.functions(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    List<AccessPath> pointers =
        SymbolSites.pointers(
            site, t -> (t.wrapper().effect() == SymbolWrapper.Effect.ATTACH) == ofAttached);
    LinkedHashMap<Integer, Mutant> all = new LinkedHashMap<>();
    for (BasicBlock block : site.program().ir(site.function()).cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Branch branch && branch.position().line() > 0) {
        tested(branch.condition(), pointers)
            .flatMap(pointer -> mutant(site, block, branch, pointer))
            .ifPresent(m -> all.putIfAbsent(m.edits().get(0).start(), m));
      }
    }
    return new ArrayList<>(all.values());
  }

  private static Optional<AccessPath> tested(Condition condition, List<AccessPath> pointers) {
    boolean forNull =
        condition.right().equals(Value.ZERO)
            && (condition.operator() == Condition.Operator.EQ
                || condition.operator() == Condition.Operator.NE);
    return forNull && condition.left() instanceof Value.Load load
        ? pointers.stream().filter(load.path()::equals).findFirst()
        : Optional.empty();
  }

  private static Mutant.Known known(Site site, BasicBlock block, AccessPath pointer) {
    return NullWay.harmless(site, block, pointer)
        .map(Mutant.Known::equivalentBy)
        .orElse(Mutant.Known.NOTHING);
  }

  private Optional<Mutant> mutant(
      Site site, BasicBlock block, Terminator.Branch branch, AccessPath pointer) {
    Source source = site.source();
    int start = source.offset(branch.position());
    int end = source.text().indexOf('{', start);
    int statement = source.text().indexOf(';', start);
    int stop = end < 0 ? statement : Math.min(end, statement);
    if (stop < start) {
      return Optional.empty();
    }
    String name = Pattern.quote(pointer.spelled());
    Matcher test =
        Pattern.compile(
                "(!\\s*"
                    + name
                    + "\\b)|("
                    + name
                    + "\\s*==\\s*NULL)|(\\b"
                    + name
                    + "(\\s*!=\\s*NULL)?)(?=\\s*(\\)|&&|\\|\\|))")
            .matcher(source.text());
    return test.region(start, stop).find()
        ? Optional.of(
            site.mutant(
                id,
                source.line(test.start()),
                "without the test of " + pointer.spelled(),
                List.of(
                    new Source.Edit(test.start(), test.end(), test.group(3) == null ? "0" : "1")),
                known(site, block, pointer)))
        : Optional.empty();
  }
}
