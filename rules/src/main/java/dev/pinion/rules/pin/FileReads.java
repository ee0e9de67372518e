// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a function does with some files that it knows by variables. */
final class FileReads {
  private final Program program;
  private final Function body;
  private final Set<AccessPath> files;

  private FileReads(Program program, Function body, Set<AccessPath> files) {
    this.program = program;
    this.body = body;
    this.files = files;
    addCopies();
  }

  /** The files that a function gets from user space's numbers. */
  static FileReads ofUser(Program program, FunctionRef function) {
    Function body = program.ir(function);
    Set<AccessPath> files = new HashSet<>();
    Set<AccessPath> opened = new HashSet<>();
    for (Instruction.Call call : Calls.of(body)) {
      Optional<Api> api = program.model().find("object", call.name());
      if (api.isEmpty() || call.result().isEmpty()) {
        continue;
      }
      if (api.get().is("from-fd")) {
        (api.get().operation().equals("get") ? files : opened).add(call.result().get());
      } else if (api.get().operation().equals("file-of")
          && call.arguments().get(api.get().argument("arg")) instanceof Value.Load fd
          && opened.contains(fd.path())) {
        files.add(call.result().get());
      }
    }
    return new FileReads(program, body, files);
  }

  /** The file that a function is given. */
  static FileReads ofParameter(Program program, FunctionRef function, int parameter) {
    Function body = program.ir(function);
    return new FileReads(
        program,
        body,
        new HashSet<>(Set.of(AccessPath.variable(body.parameters().get(parameter).name()))));
  }

  private void addCopies() {
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && assign.value() instanceof Value.Load load
            && files.contains(load.path())
            && assign.target().isVariable()) {
          files.add(assign.target());
        }
      }
    }
  }

  /** The first read of a member of one of the files that goes on with it. */
  Optional<Position> used(String member) {
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        List<Value> values =
            instruction instanceof Instruction.Assign assign
                ? List.of(assign.value())
                : ((Instruction.Call) instruction).arguments();
        if (values.stream().anyMatch(v -> v instanceof Value.Load && reads(v, member))) {
          return Optional.of(instruction.position());
        }
      }
      if (block.terminator() instanceof Terminator.Return leave
          && leave.value().filter(v -> reads(v, member)).isPresent()) {
        return Optional.of(leave.position());
      }
    }
    return Optional.empty();
  }

  /** Whether a member of one of the files is looked at in any way. */
  private boolean isRead(String member) {
    for (BasicBlock block : body.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Branch branch
          && (reads(branch.condition().left(), member)
              || reads(branch.condition().right(), member))) {
        return true;
      }
      for (Instruction instruction : block.instructions()) {
        List<Value> values =
            instruction instanceof Instruction.Assign assign
                ? List.of(assign.value())
                : ((Instruction.Call) instruction).arguments();
        if (values.stream().anyMatch(v -> reads(v, member))) {
          return true;
        }
      }
      if (block.terminator() instanceof Terminator.Return leave
          && leave.value().filter(v -> reads(v, member)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean reads(Value value, String member) {
    if (value instanceof Value.Load load) {
      return files.stream()
          .anyMatch(
              f ->
                  load.path().startsWith(f)
                      && load.path().steps().size() > f.steps().size()
                      && load.path().steps().get(f.steps().size()) instanceof Step.Arrow a
                      && a.name().equals(member));
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(o -> reads(o, member));
  }

  /** The calls that are given one of the files, and at which position. */
  List<Given> given() {
    List<Given> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(body)) {
      for (int i = 0; i < call.arguments().size(); i++) {
        if (call.arguments().get(i) instanceof Value.Load load && files.contains(load.path())) {
          all.add(new Given(call, i));
        }
      }
    }
    return all;
  }

  /**
   * A call that is given a file.
   *
   * @param argument the position
   */
  record Given(Instruction.Call call, int argument) {}

  /**
   * Whether the files may have been looked at: their operations are read, or somebody else is asked
   * who answers.
   *
   * @param meant a call that does not count
   */
  boolean mayBeVerified(String meant) {
    return isRead(UserFiles.operations(program))
        || given().stream()
            .anyMatch(
                g ->
                    !g.call().name().equals(meant)
                        && g.call().result().isPresent()
                        && program.model().find("object", g.call().name()).isEmpty());
  }
}
