// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reduces a lowered file to its facts. Linear in the file's size; safe for several threads. */
public final class FactExtractor {
  /**
   * Words of names under which the kernel's own functions give references back. Which of them do is
   * inferred from their bodies at link; the words only bound what is recorded.
   */
  private static final Set<String> DROPS =
      Set.of("put", "unref", "deref", "unget", "release", "drop", "unreference");

  /** Object-like macros that are a member under another name, or the result of a call. */
  private static final Pattern ALIAS =
      Pattern.compile("[a-zA-Z_]\\w*(?:\\.[a-zA-Z_]\\w*)+|\\(*[a-z_]\\w*\\s*\\(\\s*\\)+");

  private final KernelModel model;

  public FactExtractor(KernelModel model) {
    this.model = model;
  }

  public FileFacts extract(Unit unit) {
    Declarations d = unit.declarations();
    Set<String> broken = new HashSet<>();
    for (Problem p : unit.problems()) {
      if (p.kind() != Problem.Kind.ARM_NOT_TAKEN && !p.function().isEmpty()) {
        broken.add(p.function());
      }
    }
    FieldUses uses = new FieldUses();
    List<FunctionFacts> functions = new ArrayList<>(unit.functions().size());
    for (Function function : unit.functions()) {
      Typing typing = new Typing(function, model);
      uses.add(function, typing);
      functions.add(function(function, typing, !broken.contains(function.name())));
    }
    return new FileFacts(
        d.includes(),
        d.structs(),
        d.typedefs(),
        d.globals().stream().map(FactExtractor::global).toList(),
        d.prototypes().stream()
            .map(p -> new FileFacts.PrototypeFacts(p.name(), p.returnType()))
            .toList(),
        d.macros().stream()
            .filter(m -> !m.parameters().isEmpty() || ALIAS.matcher(m.body().strip()).matches())
            .toList(),
        d.invocations(),
        functions,
        uses.names(),
        unit.problems());
  }

  private static FileFacts.GlobalFacts global(Declarations.Global g) {
    List<FileFacts.TableEntry> entries = new ArrayList<>();
    for (Declarations.Initializer i : g.initializers()) {
      for (String symbol : NamedFunctions.names(i.value())) {
        entries.add(new FileFacts.TableEntry(i.field(), symbol, i.position()));
      }
    }
    return new FileFacts.GlobalFacts(g.name(), g.type(), g.linkage(), entries, g.position());
  }

  private FunctionFacts function(Function f, Typing typing, boolean analysed) {
    Set<String> callees = new HashSet<>();
    List<Operation> operations = new ArrayList<>();
    Set<TypedPath> indirect = new LinkedHashSet<>();
    for (BasicBlock block : f.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (!(instruction instanceof Instruction.Call call)) {
          continue;
        }
        if (call.callee() instanceof Instruction.Callee.Indirect through) {
          indirect.add(typing.typed(through.path()));
          continue;
        }
        callees.add(call.name());
        if (isOperation(call.name()) || handsOnQueue(call, typing)) {
          operations.add(new Operation(call.name(), operands(call, typing), call.position()));
        }
      }
    }
    NamedFunctions named = new NamedFunctions(f, typing, model);
    return new FunctionFacts(
        f.name(),
        f.linkage(),
        f.arm(),
        f.returnType(),
        f.parameters(),
        f.annotations(),
        f.position(),
        f.endLine(),
        sorted(callees),
        operations,
        List.copyOf(indirect),
        named.stores(),
        new PointerStores(f, typing).find(),
        named.references(),
        new LockFactExtractor(model).extract(f, typing),
        analysed);
  }

  private static List<String> sorted(Set<String> names) {
    String[] all = names.toArray(String[]::new);
    Arrays.sort(all);
    return List.of(all);
  }

  private boolean isOperation(String name) {
    return (model.knows(name)
            && (model.find("list", name).isPresent()
                || model.find("counter", name).isPresent()
                || model.find("drain", name).isPresent()
                || model.does(name, "rcu", "publish", "fetch")
                || model.does(
                    name,
                    "object",
                    "symbol-get",
                    "symbol-put",
                    "get",
                    "try-get",
                    "put",
                    "pin",
                    "unpin")
                || namesQueue(name)))
        || mayDrop(name);
  }

  private boolean namesQueue(String name) {
    return model.find("wait", name).filter(a -> a.argument("queue") >= 0).isPresent();
  }

  /**
   * Whether the address of what may be a wait queue goes to somebody who may wake it. What is one
   * is found out at link; the words of its name only bound what is recorded.
   */
  private static boolean handsOnQueue(Instruction.Call call, Typing typing) {
    for (Value argument : call.arguments()) {
      if (argument instanceof Value.AddressOf address) {
        AccessPath path = address.path();
        boolean isGlobal = path.isVariable() && !typing.declares(path.root());
        if (mayBeQueue(isGlobal ? path.root() : path.lastField())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the name of a member or global is such as the kernel gives to what is waited on. */
  public static boolean mayBeQueue(String member) {
    return member.contains("wait")
        || member.contains("wq")
        || member.contains("comp")
        || member.contains("done")
        || member.contains("event");
  }

  /**
   * Whether a name has a word for dropping between underscores, or {@code put} at the end of
   * something else.
   */
  public static boolean mayDrop(String name) {
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '_') {
        // All the words have three letters or more: most parts of names are looked up in vain.
        if (i - start >= 3 && startsDrop(name.charAt(start)) && isDrop(name, start, i)) {
          return true;
        }
        start = i + 1;
      }
    }
    return name.endsWith("put") && !name.contains("input") && !name.contains("output");
  }

  private static boolean startsDrop(char c) {
    return c == 'p' || c == 'u' || c == 'd' || c == 'r';
  }

  private static boolean isDrop(String name, int start, int end) {
    return DROPS.contains(name.substring(start, end));
  }

  /** A reference is dropped through a copy as well as directly: copies are followed. */
  private List<Operand> operands(Instruction.Call call, Typing typing) {
    if (model.find("list", call.name()).isPresent()) {
      return typing.operands(call);
    }
    List<Operand> operands = new ArrayList<>(call.arguments().size());
    for (Value argument : call.arguments()) {
      operands.add(typing.operand(typing.canonical(argument)));
    }
    return operands;
  }
}
