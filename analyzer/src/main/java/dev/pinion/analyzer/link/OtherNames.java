// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * Functions and macros that give back what they are given, by the name of what contains it or of
 * what it begins with: {@code to_light(dev)}, {@code of_fwnode_handle(node)}.
 */
public final class OtherNames {
  private static final List<String> TYPES = List.of("typeof", "__typeof__", "sizeof");

  /** What is known of a call's result. */
  public enum Answer {
    /** It is the object, or NULL. */
    SURELY,
    /** It may be; so it may of what nobody knows. */
    MAYBE,
    NO
  }

  private final Program program;

  private OtherNames(Program program) {
    this.program = program;
  }

  /** The other names in a program. */
  public static OtherNames of(Program program) {
    return program.memo(OtherNames.class, () -> new OtherNames(program));
  }

  /** Whether the result of a call in a file is the object that it is given there. */
  public Answer of(String callee, int argument, String file) {
    Optional<FunctionRef> function = program.resolve(callee, file);
    if (function.isPresent()) {
      return of(function.get(), argument);
    }
    List<Macro> macros = program.macros(callee, file);
    return !macros.isEmpty() && macros.stream().allMatch(m -> isOtherName(m, file))
        ? Answer.SURELY
        : Answer.MAYBE;
  }

  private Answer of(FunctionRef function, int argument) {
    return program.memo(
        List.of("OtherNames", function, argument),
        () -> {
          if (!Borrowing.of(program).mayReturn(function, argument)) {
            return Answer.NO;
          }
          return isAllThatIsReturned(program.ir(function), argument) ? Answer.SURELY : Answer.MAYBE;
        });
  }

  /** Whether a body is little more than a {@code return} of its parameter or of NULL. */
  private static boolean isAllThatIsReturned(Function body, int argument) {
    String parameter = body.parameters().get(argument).name();
    return body.cfg().blocks().stream()
        .map(BasicBlock::terminator)
        .filter(t -> t instanceof Terminator.Return)
        .flatMap(t -> ((Terminator.Return) t).value().stream())
        .allMatch(v -> v.equals(Value.ZERO) || isParameter(v, parameter));
  }

  private static boolean isParameter(Value value, String parameter) {
    return value instanceof Value.Load load
        ? load.path().isVariable() && load.path().root().equals(parameter)
        : value instanceof Value.AddressOf address
            ? address.path().root().equals(parameter)
                && CountEffects.isEmbedded(address.path().steps())
            : value instanceof Value.ContainerOf container
                && isParameter(container.inner(), parameter);
  }

  /**
   * Whether a macro of one parameter follows no pointer, but for the address of what is there, and
   * calls nothing that gives a pointer.
   */
  private boolean isOtherName(Macro macro, String file) {
    MacroText body = MacroText.of(macro.body());
    List<String> tokens = body.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      boolean follows = tokens.get(i).equals("->") || tokens.get(i).equals("[");
      if (follows && (i < 2 || !tokens.get(i - 2).equals("&"))) {
        return false;
      }
    }
    return macro.parameters().size() == 1
        && body.calls().stream()
            .allMatch(
                c ->
                    TYPES.contains(c.name())
                        || MacroTypes.isContainer(c.name())
                        || isTest(c.name(), file));
  }

  private boolean isTest(String callee, String file) {
    return program
        .resolve(callee, file)
        .filter(f -> !program.returnType(f).isPointer())
        .isPresent();
  }
}
