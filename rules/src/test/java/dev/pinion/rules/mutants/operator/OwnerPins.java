// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.OfFunction;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The members of tables of operations by which their modules are pinned, and those tables. */
final class OwnerPins {
  private final Program program;

  OwnerPins(Program program) {
    this.program = program;
  }

  /** The row of a call that takes a reference on a module; empty if it does not. */
  static Optional<Api> pin(Program program, String name) {
    return program.model().find("object", name).filter(a -> a.operation().equals("pin"));
  }

  /**
   * The member that an operation pins a module by; empty if it is not known, or not one of ours.
   */
  Optional<FieldRef> member(Operation operation, String file) {
    return field(operation, file).filter(members()::containsKey);
  }

  private Optional<FieldRef> field(Operation operation, String file) {
    Operand operand = operand(operation);
    return operand.form() == Operand.Form.LOAD && !operand.path().steps().isEmpty()
        ? program.types().resolve(operand.path(), file).flatMap(Types.Place::field)
        : Optional.empty();
  }

  private Operand operand(Operation operation) {
    return operation.operand(pin(program, operation.api()).map(a -> a.argument("arg")).orElse(-1));
  }

  /**
   * Whether the member is one of a table that hangs on an object: {@code phy->ops->owner}. Who is
   * pinned by a member of a registered object itself is mostly waited for when that is taken back.
   */
  private boolean isOfTable(Operation operation) {
    return operand(operation).path().steps().stream().filter(s -> s instanceof Step.Arrow).count()
        > 1;
  }

  /** All such members, with the files that pin by them. */
  Map<FieldRef, Set<String>> members() {
    return program.settled("mutants.OwnerPins", this::findMembers);
  }

  private Map<FieldRef, Set<String>> findMembers() {
    Map<FieldRef, Set<String>> all = new TreeMap<>();
    Set<FieldRef> ofObjects = new TreeSet<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals("pin")) {
        for (String file : program.files(Term.OPERATION, api.name())) {
          for (OfFunction<Operation> o : program.operations(file, api.name())) {
            Optional<FieldRef> field = field(o.item(), file);
            field.ifPresent(f -> all.computeIfAbsent(f, k -> new TreeSet<>()).add(file));
            field.filter(f -> !isOfTable(o.item())).ifPresent(ofObjects::add);
          }
        }
      }
    }
    all.keySet().removeIf(f -> ofObjects.contains(f) || isStored(f));
    return all;
  }

  /** Whether code fills it in: then it does not matter what a table says. */
  private boolean isStored(FieldRef field) {
    return program
        .files(Term.STORE_POINTER_IN, FileTerms.member(field.tag(), field.field()))
        .stream()
        .flatMap(path -> program.functionsIn(path).stream())
        .anyMatch(f -> isStored(field, f));
  }

  private boolean isStored(FieldRef field, FunctionRef function) {
    return program.facts(function).pointerStores().stream()
        .anyMatch(
            s ->
                program
                    .types()
                    .resolve(s.target(), function.file())
                    .flatMap(Types.Place::field)
                    .filter(field::equals)
                    .isPresent());
  }

  /** A table whose initialiser names its module in such a member. */
  record Table(
      String file, FileFacts.GlobalFacts global, FieldRef member, FileFacts.TableEntry entry) {}

  /** The tables of a file that do, and whose module may go while another one calls through them. */
  List<Table> tables(String file) {
    List<Table> all = new ArrayList<>();
    if (!mayGo(file)) {
      return all;
    }
    members()
        .forEach(
            (member, pinning) -> {
              if (pinning.stream().noneMatch(p -> modules().sameModule(p, file))) {
                all.addAll(tables(file, member));
              }
            });
    return all;
  }

  private List<Table> tables(String file, FieldRef member) {
    List<Table> all = new ArrayList<>();
    for (FileFacts.GlobalFacts global : program.globals(file)) {
      if (global.type().name().equals(member.tag())
          && global.type().pointers() == 0
          && global.type().arrays() == 0
          && program.types().tag(global.type(), file).filter(member.owner()::equals).isPresent()) {
        global.entries().stream()
            .filter(e -> e.field().equals(member.field()))
            .findFirst()
            .ifPresent(e -> all.add(new Table(file, global, member, e)));
      }
    }
    return all;
  }

  /** The files that may have such tables: those that put something into such a member. */
  Collection<String> files(FieldRef member) {
    return List.copyOf(
        program.files(Term.ENTRY_IN, FileTerms.member(member.tag(), member.field())));
  }

  private ModuleMap modules() {
    return ModuleMap.of(program);
  }

  /** Whether a file is of a module that has an exit. */
  private boolean mayGo(String file) {
    return modules().kindOf(file) == ModuleMap.Kind.LOADABLE
        && modules().modulesOf(file).stream()
            .flatMap(m -> modules().filesOf(m, program).stream())
            .flatMap(f -> program.invocations(f).stream())
            .anyMatch(i -> isExit(i.name()));
  }

  /** {@code module_exit()}, or a macro that makes a whole module of a driver. */
  private boolean isExit(String macro) {
    return program.model().find("context", macro).filter(a -> a.is("exit")).isPresent()
        || macro.matches("module_\\w*driver\\w*");
  }
}
