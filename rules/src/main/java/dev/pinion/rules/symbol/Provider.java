// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.Exports;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The function behind an exported symbol, read for what its callers may rely on. */
final class Provider {
  private final FunctionRef ref;
  private final Function function;
  private final Typing typing;
  private final Program program;

  private Provider(FunctionRef ref, Program program) {
    this.ref = ref;
    this.program = program;
    this.function = program.ir(ref);
    this.typing = new Typing(function, program.model());
  }

  /** The function that the symbol names; empty if it is none, or not in the tree. */
  static Optional<Provider> of(String symbol, Program program) {
    Set<String> exporters = new TreeSet<>();
    for (Export export : Exports.of(program).of(symbol)) {
      exporters.add(export.location().file());
    }
    return program.functions(symbol).stream()
        .filter(f -> exporters.contains(f.file()))
        .findFirst()
        .map(f -> new Provider(f, program));
  }

  FunctionRef ref() {
    return ref;
  }

  /** Where the function returns the address of something that lives in its module. */
  Optional<Related> returnsOwnData() {
    for (BasicBlock block : function.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return leave && leave.value().isPresent()) {
        for (Value value : meanings(leave.value().get())) {
          if (value instanceof Value.AddressOf address && isStatic(address.path())) {
            return Optional.of(
                new Related(
                    Location.of(ref.file(), leave.position()),
                    "'" + address.path() + "', which it returns, lives in the provider"));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What a returned value may stand for: itself, and everything assigned to that variable. */
  private List<Value> meanings(Value value) {
    List<Value> all = new ArrayList<>();
    all.add(typing.canonical(value));
    if (value instanceof Value.Load load && load.path().isVariable()) {
      for (BasicBlock block : function.cfg().blocks()) {
        for (Instruction instruction : block.instructions()) {
          if (instruction instanceof Instruction.Assign assign
              && assign.target().equals(load.path())) {
            all.add(assign.value());
          }
        }
      }
    }
    return all;
  }

  private boolean isStatic(AccessPath path) {
    if (path.toString().contains("->")) {
      return false;
    }
    return function
        .variable(path.root())
        .map(v -> v.kind() == Variable.Kind.STATIC_LOCAL)
        .orElse(true);
  }

  /**
   * The lines that prove that the function accepts only files of its own module: it compares {@code
   * f_op} with a table whose {@code .owner} is {@code THIS_MODULE}. An open file then pins it.
   */
  List<Related> verifiesFile() {
    for (BasicBlock block : function.cfg().blocks()) {
      if (!(block.terminator() instanceof Terminator.Branch branch)) {
        continue;
      }
      Value left = branch.condition().left();
      Value right = branch.condition().right();
      Optional<String> table =
          isFileOperations(left)
              ? address(right)
              : isFileOperations(right) ? address(left) : Optional.empty();
      Optional<FileFacts.TableEntry> owner = table.flatMap(this::owner);
      if (owner.isPresent()) {
        return List.of(
            new Related(
                Location.of(ref.file(), branch.position()),
                ref.name() + "() accepts only files of '" + table.orElseThrow() + "'"),
            new Related(
                Location.of(ref.file(), owner.get().position()),
                "whose open files hold the module that owns them"));
      }
    }
    return List.of();
  }

  private boolean isFileOperations(Value value) {
    return typing.canonical(value) instanceof Value.Load load
        && load.path().lastField().equals("f_op");
  }

  private Optional<String> address(Value value) {
    return typing.canonical(value) instanceof Value.AddressOf a && a.path().isVariable()
        ? Optional.of(a.path().root())
        : Optional.empty();
  }

  private Optional<FileFacts.TableEntry> owner(String table) {
    return program.globals(ref.file()).stream()
        .filter(g -> g.name().equals(table))
        .flatMap(g -> g.entries().stream())
        .filter(e -> e.field().equals("owner") && e.symbol().equals("THIS_MODULE"))
        .findFirst();
  }
}
