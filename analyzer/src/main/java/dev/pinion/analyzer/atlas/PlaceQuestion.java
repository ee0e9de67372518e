// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds out which member a name at a line is: where a struct declares it, or in a function. */
final class PlaceQuestion {
  private final Program program;

  PlaceQuestion(Program program) {
    this.program = program;
  }

  /** The member; empty if the name is none there, or if it may be one of several. */
  Optional<FieldRef> member(String file, int line, String name) {
    Optional<FunctionRef> function = functionAt(file, line);
    return function.isPresent()
        ? inFunction(function.get(), line, name)
        : inStruct(file, line, name);
  }

  private Optional<FunctionRef> functionAt(String file, int line) {
    for (FunctionRef function : program.functionsIn(file)) {
      var facts = program.facts(function);
      if (facts.position().line() <= line && line <= facts.endLine()) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** The struct that begins last above the line and has such a member of its own. */
  private Optional<FieldRef> inStruct(String file, int line, String name) {
    List<Declarations.Struct> structs = program.file(file).structs();
    for (int i = structs.size() - 1; i >= 0; i--) {
      Declarations.Struct struct = structs.get(i);
      boolean above = struct.position().line() <= line;
      boolean declares = struct.members().stream().anyMatch(m -> m.name().equals(name));
      if (above && declares) {
        return program
            .types()
            .memberOf(around(struct.tag()), file, name)
            .filter(place -> place.file().equals(file))
            .flatMap(Types.Place::field);
      }
    }
    return Optional.empty();
  }

  /** Members of an anonymous struct are those of the struct around it. */
  private static String around(String tag) {
    return tag.replaceAll("(\\.#\\d+)+$", "");
  }

  /**
   * The lists that readers walk without a lock, by the members of the file's structs; in the order
   * of the file.
   */
  List<FieldRef> rcuLists(String file) {
    Set<FieldRef> all = new LinkedHashSet<>();
    for (Declarations.Struct struct : program.file(file).structs()) {
      for (Declarations.Member member : struct.members()) {
        if (!member.name().isEmpty() && member.type().isAggregate() && !member.type().isPointer()) {
          program
              .types()
              .memberOf(around(struct.tag()), file, member.name())
              .filter(place -> place.file().equals(file))
              .flatMap(Types.Place::field)
              .filter(field -> !ListUses.of(program).locklessReads(field).isEmpty())
              .ifPresent(all::add);
        }
      }
    }
    return List.copyOf(all);
  }

  /** What the name is at the line; if nothing is seen there, what it is all over the function. */
  private Optional<FieldRef> inFunction(FunctionRef function, int line, String name) {
    SortedSet<FieldRef> here = new TreeSet<>();
    SortedSet<FieldRef> anywhere = new TreeSet<>();
    Contexts.Body body = Contexts.of(program).body(function);
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        for (AccessPath path : paths(instruction)) {
          add(path, instruction.position().line() == line, name, body.typing(), function, here);
          add(path, true, name, body.typing(), function, anywhere);
        }
      }
      for (AccessPath path : paths(block.terminator())) {
        add(path, true, name, body.typing(), function, anywhere);
      }
    }
    for (ListUses.Use use : ListUses.of(program).in(function.file())) {
      if (use.function().equals(function)) {
        Optional<FieldRef> node =
            ListUses.of(program).nodeField(use).filter(f -> f.field().equals(name));
        node.ifPresent(f -> anywhere.add(f));
        node.filter(f -> use.operation().position().line() == line).ifPresent(f -> here.add(f));
      }
    }
    return only(here).or(() -> only(anywhere));
  }

  private static Optional<FieldRef> only(Set<FieldRef> found) {
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  private void add(
      AccessPath path,
      boolean wanted,
      String name,
      Typing typing,
      FunctionRef function,
      SortedSet<FieldRef> into) {
    for (int i = 0; wanted && i < path.steps().size(); i++) {
      Step step = path.steps().get(i);
      boolean isIt =
          (step instanceof Step.Arrow arrow && arrow.name().equals(name))
              || (step instanceof Step.Dot dot && dot.name().equals(name));
      if (isIt) {
        AccessPath up = new AccessPath(path.root(), path.steps().subList(0, i + 1));
        program
            .types()
            .resolve(typing.typed(up), function.file())
            .flatMap(Types.Place::field)
            .ifPresent(f -> into.add(f));
      }
    }
  }

  private static List<AccessPath> paths(Instruction instruction) {
    List<AccessPath> all = new ArrayList<>();
    if (instruction instanceof Instruction.Assign assign) {
      all.add(assign.target());
      addPaths(assign.value(), all);
    } else if (instruction instanceof Instruction.Call call) {
      call.result().ifPresent(all::add);
      call.arguments().forEach(argument -> addPaths(argument, all));
      if (call.callee() instanceof Instruction.Callee.Indirect indirect) {
        all.add(indirect.path());
      }
    }
    return all;
  }

  private static List<AccessPath> paths(Terminator terminator) {
    List<AccessPath> all = new ArrayList<>();
    if (terminator instanceof Terminator.Branch branch) {
      addPaths(branch.condition(), all);
    } else if (terminator instanceof Terminator.Switch choice) {
      addPaths(choice.value(), all);
    } else if (terminator instanceof Terminator.Return end) {
      end.value().ifPresent(value -> addPaths(value, all));
    }
    return all;
  }

  private static void addPaths(Condition condition, List<AccessPath> into) {
    addPaths(condition.left(), into);
    addPaths(condition.right(), into);
  }

  private static void addPaths(Value value, List<AccessPath> into) {
    if (value instanceof Value.Load load) {
      into.add(load.path());
    } else if (value instanceof Value.AddressOf address) {
      into.add(address.path());
    } else if (value instanceof Value.ContainerOf entry) {
      addPaths(entry.inner(), into);
    } else if (value instanceof Value.Compound compound) {
      compound.operands().forEach(operand -> addPaths(operand, into));
    }
  }
}
