// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lowered functions as bytes and back: what rules looked into once need not be parsed again.
 * Deterministic, and {@code decode(encode(f))} equals {@code f}.
 */
public final class BodyCodec {
  private static final CType.Kind[] TYPE_KINDS = CType.Kind.values();
  private static final Function.Linkage[] LINKAGES = Function.Linkage.values();
  private static final Function.Arm[] ARMS = Function.Arm.values();
  private static final Variable.Kind[] VARIABLE_KINDS = Variable.Kind.values();
  private static final Instruction.CallKind[] CALL_KINDS = Instruction.CallKind.values();
  private static final Condition.Operator[] OPERATORS = Condition.Operator.values();

  private BodyCodec() {}

  public static byte[] encode(Function function) {
    return encode(function, 0);
  }

  /**
   * The same with lines counted from another than the first, so that two functions can be compared
   * that stand in different places; not to be decoded.
   *
   * @param origin the line that becomes line 1; 0 for lines as they are
   */
  public static byte[] encode(Function function, int origin) {
    return new Encoder(origin).function(function);
  }

  /**
   * @throws RuntimeException if the bytes are not what {@link #encode} wrote
   */
  public static Function decode(byte[] bytes) {
    return new Decoder(new FactsReader(bytes, Sharing.none())).function();
  }

  private static final class Encoder {
    private final FactsWriter out = new FactsWriter();
    private final Numbering<CType> types = new Numbering<>();
    private final Numbering<AccessPath> paths = new Numbering<>();
    private final int origin;

    Encoder(int origin) {
      this.origin = origin;
    }

    byte[] function(Function f) {
      out.text(f.name());
      out.constant(f.linkage());
      out.constant(f.arm());
      type(f.returnType());
      out.list(
          f.variables(),
          v -> {
            out.text(v.name());
            type(v.type());
            out.constant(v.kind());
          });
      out.list(f.annotations(), out::text);
      position(f.position());
      out.number(line(f.endLine()));
      out.list(
          f.cfg().blocks(),
          b -> {
            out.number(b.id());
            out.list(b.instructions(), this::instruction);
            terminator(b.terminator());
          });
      return out.toBytes();
    }

    private void instruction(Instruction instruction) {
      if (instruction instanceof Instruction.Assign a) {
        out.number(0);
        path(a.target());
        value(a.value());
      } else if (instruction instanceof Instruction.Call c) {
        out.number(1);
        out.number(c.result().isPresent() ? 1 : 0);
        c.result().ifPresent(this::path);
        if (c.callee() instanceof Instruction.Callee.Indirect through) {
          out.number(1);
          path(through.path());
        } else {
          out.number(0);
          out.text(c.name());
        }
        out.list(c.arguments(), this::value);
        out.constant(c.kind());
      }
      position(instruction.position());
    }

    private void terminator(Terminator terminator) {
      if (terminator instanceof Terminator.Jump j) {
        out.number(0);
        out.number(j.target());
      } else if (terminator instanceof Terminator.Branch b) {
        out.number(1);
        out.constant(b.condition().operator());
        value(b.condition().left());
        value(b.condition().right());
        out.number(b.ifTrue());
        out.number(b.ifFalse());
        position(b.position());
      } else if (terminator instanceof Terminator.Iterate i) {
        out.number(2);
        out.number(i.body());
        out.number(i.exit());
        position(i.position());
      } else if (terminator instanceof Terminator.Switch s) {
        out.number(3);
        value(s.value());
        out.list(
            s.cases(),
            c -> {
              out.number(c.constant().isPresent() ? 1 : 0);
              out.wide(c.constant().orElse(0));
              out.number(c.target());
            });
        out.number(s.otherwise());
        position(s.position());
      } else if (terminator instanceof Terminator.Return r) {
        out.number(4);
        out.number(r.value().isPresent() ? 1 : 0);
        r.value().ifPresent(this::value);
        position(r.position());
      } else {
        out.number(5);
      }
    }

    private void value(Value value) {
      if (value instanceof Value.Load load) {
        out.number(0);
        path(load.path());
      } else if (value instanceof Value.AddressOf address) {
        out.number(1);
        path(address.path());
      } else if (value instanceof Value.Constant constant) {
        out.number(2);
        out.wide(constant.value());
      } else if (value instanceof Value.Text text) {
        out.number(3);
        out.text(text.text());
      } else if (value instanceof Value.ContainerOf entry) {
        out.number(4);
        value(entry.inner());
        type(entry.type());
        out.text(entry.member());
      } else if (value instanceof Value.TypeOperand operand) {
        out.number(5);
        type(operand.type());
      } else if (value instanceof Value.Compound compound) {
        out.number(6);
        out.text(compound.operator());
        out.list(compound.operands(), this::value);
      }
    }

    private void path(AccessPath path) {
      out.once(
          paths,
          path,
          p -> {
            out.text(p.root());
            out.list(p.steps(), out::step);
          });
    }

    private void type(CType type) {
      out.once(types, type, out::type);
    }

    private void position(Position position) {
      out.number(line(position.line()));
      out.number(position.column());
    }

    private int line(int line) {
      return origin == 0 || line == 0 ? line : line - origin + 1;
    }
  }

  private static final class Decoder {
    private final FactsReader in;
    private final List<CType> types = new ArrayList<>();
    private final List<AccessPath> paths = new ArrayList<>();

    Decoder(FactsReader in) {
      this.in = in;
    }

    Function function() {
      Function function =
          new Function(
              in.text(),
              in.constant(LINKAGES),
              in.constant(ARMS),
              type(),
              in.list(() -> new Variable(in.text(), type(), in.constant(VARIABLE_KINDS))),
              in.list(in::text),
              position(),
              in.number(),
              new Cfg(
                  in.list(
                      () ->
                          new BasicBlock(in.number(), in.list(this::instruction), terminator()))));
      if (!in.atEnd()) {
        throw new IllegalArgumentException("a body has bytes left over");
      }
      return function;
    }

    private Instruction instruction() {
      if (in.number() == 0) {
        return new Instruction.Assign(path(), value(), position());
      }
      return new Instruction.Call(
          in.list(this::path).stream().findFirst(),
          in.number() == 1
              ? new Instruction.Callee.Indirect(path())
              : new Instruction.Callee.Direct(in.text()),
          in.list(this::value),
          in.constant(CALL_KINDS),
          position());
    }

    private Terminator terminator() {
      return switch (in.number()) {
        case 0 -> new Terminator.Jump(in.number());
        case 1 ->
            new Terminator.Branch(
                new Condition(in.constant(OPERATORS), value(), value()),
                in.number(),
                in.number(),
                position());
        case 2 -> new Terminator.Iterate(in.number(), in.number(), position());
        case 3 ->
            new Terminator.Switch(value(), in.list(this::switchCase), in.number(), position());
        case 4 -> new Terminator.Return(optional(in.list(this::value)), position());
        default -> new Terminator.Unreachable();
      };
    }

    private static <T> Optional<T> optional(List<T> items) {
      return items.stream().findFirst();
    }

    private Terminator.Case switchCase() {
      boolean known = in.number() == 1;
      long constant = in.wide();
      return new Terminator.Case(
          known ? OptionalLong.of(constant) : OptionalLong.empty(), in.number());
    }

    private Value value() {
      return switch (in.number()) {
        case 0 -> new Value.Load(path());
        case 1 -> new Value.AddressOf(path());
        case 2 -> new Value.Constant(in.wide());
        case 3 -> new Value.Text(in.text());
        case 4 -> new Value.ContainerOf(value(), type(), in.text());
        case 5 -> new Value.TypeOperand(type());
        default -> new Value.Compound(in.text(), in.list(this::value));
      };
    }

    private AccessPath path() {
      return in.once(paths, () -> new AccessPath(in.text(), in.list(in::step)));
    }

    private CType type() {
      return in.once(types, () -> in.type(TYPE_KINDS));
    }

    private Position position() {
      return new Position(in.number(), in.number());
    }
  }
}
