// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the model knows of the places from which the kernel's core calls a function. */
public final class EntryPoints {
  private final Program program;

  private EntryPoints(Program program) {
    this.program = program;
  }

  public static EntryPoints of(Program program) {
    return program.memo(EntryPoints.class, () -> new EntryPoints(program));
  }

  /** The row that says what holds when the function is called by way of that escape. */
  public Optional<Api> row(OpsTables.Escape escape) {
    if (escape.field().isPresent()) {
      FieldRef field = escape.field().get();
      String name = field.tag() + "." + field.field();
      Optional<Api> known = meant(name, escape).or(() -> meant(name + "#2", escape));
      return known.isPresent() || escape.table().isEmpty() ? known : ofTable(escape);
    }
    return registrar(escape);
  }

  private Optional<Api> meant(String name, OpsTables.Escape escape) {
    return program
        .model()
        .find("context", name)
        .filter(a -> a.operation().equals("field"))
        .filter(a -> isMeant(a, escape));
  }

  /** A row that is for what stands beside a flag only is none for the rest. */
  private static boolean isMeant(Api row, OpsTables.Escape escape) {
    String flag = row.texts().getOrDefault("when", "");
    return flag.isEmpty() || escape.constants().contains(flag);
  }

  /** The registrar's row; one that takes several functions has a row for each, {@code name#2}. */
  private Optional<Api> registrar(OpsTables.Escape escape) {
    return program
        .model()
        .find("context", escape.callee())
        .or(() -> program.model().find("context", escape.callee() + "#" + escape.argument()))
        .filter(a -> a.operation().equals("registrar") && a.argument("arg") == escape.argument());
  }

  /**
   * The lock that is held when the core calls as that row tells.
   *
   * @param where what to name as its place
   */
  public Optional<TypedLock> lock(Api row, OpsTables.Escape escape, Location where) {
    if (escape.constants().contains(row.texts().getOrDefault("unless", ""))) {
      return Optional.empty();
    }
    HeldLock.Mode mode = row.is("shared") ? HeldLock.Mode.SHARED : HeldLock.Mode.EXCLUSIVE;
    Optional<TypedLock> global =
        Optional.ofNullable(row.texts().get("lock"))
            .map(
                l ->
                    new TypedLock(
                        l, TypedLock.Scope.GLOBAL, typeOfGlobal(l, escape.file()), mode, where));
    return global.or(
        () ->
            Optional.ofNullable(row.texts().get("member"))
                .map(
                    m ->
                        new TypedLock(
                            "struct " + m,
                            TypedLock.Scope.PER_OBJECT,
                            typeOfMember(m, escape.file()),
                            mode,
                            where)));
  }

  /**
   * The flavours of the sections that another function of the same table has opened by then, as the
   * row tells: the start of an iteration leaves them open for its steps.
   */
  Set<String> openedBefore(Api row, OpsTables.Escape escape) {
    String before = row.texts().getOrDefault("after", "");
    Optional<Set<String>> common = Optional.empty();
    Set<String> left = new TreeSet<>();
    if (!before.isEmpty() && !escape.table().isEmpty()) {
      for (FileFacts.GlobalFacts table : program.globals(escape.table(), escape.file())) {
        for (FileFacts.TableEntry entry : table.entries()) {
          List<LockEffect> effects =
              LockWrappers.of(program).effects(entry.symbol(), escape.file());
          if (entry.field().equals(before)) {
            Set<String> opened = flavours(effects, LockEffect.Kind.ENTER);
            common.ifPresent(opened::retainAll);
            common = Optional.of(opened);
          } else if (!entry.field().equals(row.texts().getOrDefault("until", ""))) {
            left.addAll(flavours(effects, LockEffect.Kind.LEAVE));
          }
        }
      }
    }
    Set<String> open = common.orElseGet(TreeSet::new);
    open.removeAll(left);
    return open;
  }

  private static Set<String> flavours(List<LockEffect> effects, LockEffect.Kind kind) {
    Set<String> flavours = new TreeSet<>();
    effects.stream()
        .filter(e -> e.kind() == kind && e.when() != LockEffect.When.ZERO)
        .forEach(e -> flavours.add(e.flavour()));
    return flavours;
  }

  private String typeOfGlobal(String name, String file) {
    return program.globals(name, file).stream()
        .findFirst()
        .map(g -> LockIdentity.type(g.type()))
        .orElse("");
  }

  private String typeOfMember(String member, String file) {
    int dot = member.indexOf('.');
    return program
        .types()
        .memberOf(member.substring(0, dot), file, member.substring(dot + 1))
        .map(p -> LockIdentity.type(p.type()))
        .orElse("");
  }

  /** A table that is itself handed to a registrar: {@code register_netdevice_notifier(&nb)}. */
  private Optional<Api> ofTable(OpsTables.Escape escape) {
    List<Api> rows = new ArrayList<>();
    for (OpsTables.Escape use :
        OpsTables.of(program).registrations(escape.table(), escape.file())) {
      registrar(use).ifPresent(rows::add);
    }
    return rows.stream().distinct().count() == 1 ? Optional.of(rows.get(0)) : Optional.empty();
  }

  /**
   * Whether the function runs only while its module comes or goes: it is an initcall or exit
   * function, or called from such ones only.
   */
  public boolean onlyAtInitOrExit(FunctionRef function) {
    return onlyAtInitOrExit(function, 4);
  }

  private boolean onlyAtInitOrExit(FunctionRef function, int levels) {
    List<String> annotations = program.facts(function).annotations();
    if (annotations.contains("__init") || annotations.contains("__exit")) {
      return true;
    }
    List<OpsTables.Escape> escapes = OpsTables.of(program).escapesOf(function);
    boolean escapesWell =
        escapes.stream()
            .allMatch(e -> row(e).filter(a -> a.is("init") || a.is("exit")).isPresent());
    List<FunctionRef> callers = program.callersOf(function);
    return levels > 0
        && escapesWell
        && !(escapes.isEmpty() && callers.isEmpty())
        && callers.stream().allMatch(c -> onlyAtInitOrExit(c, levels - 1));
  }
}
