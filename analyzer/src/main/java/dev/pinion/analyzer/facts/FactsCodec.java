// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileFacts.GlobalFacts;
import dev.pinion.analyzer.facts.FileFacts.PrototypeFacts;
import dev.pinion.analyzer.facts.FileFacts.TableEntry;
import dev.pinion.analyzer.facts.FunctionFacts.FunctionStore;
import dev.pinion.analyzer.facts.FunctionFacts.Reference;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Include;
import dev.pinion.analyzer.ir.Declarations.Invocation;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Declarations.Member;
import dev.pinion.analyzer.ir.Declarations.Struct;
import dev.pinion.analyzer.ir.Declarations.Typedef;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts as bytes and back. Deterministic: equal facts give equal bytes. Whoever changes a record of
 * this package or what fills it must raise {@link #VERSION}, which names the store's folder.
 */
public final class FactsCodec {
  /** Stands for the form of the bytes and for everything that decides what is in them. */
  public static final String VERSION = "facts-8";

  private static final CType.Kind[] TYPE_KINDS = CType.Kind.values();
  private static final Function.Linkage[] LINKAGES = Function.Linkage.values();
  private static final Function.Arm[] ARMS = Function.Arm.values();
  private static final Variable.Kind[] VARIABLE_KINDS = Variable.Kind.values();
  private static final Problem.Kind[] PROBLEM_KINDS = Problem.Kind.values();
  private static final Include.Form[] INCLUDE_FORMS = Include.Form.values();
  private static final TypedPath.Origin[] ORIGINS = TypedPath.Origin.values();
  private static final Operand.Form[] OPERAND_FORMS = Operand.Form.values();
  private static final HeldLock.Mode[] MODES = HeldLock.Mode.values();
  private static final HeldLock.Claim[] CLAIMS = HeldLock.Claim.values();

  private FactsCodec() {}

  public static byte[] encode(FileFacts f) {
    return new Encoder().file(f);
  }

  /**
   * @param sharing keeps equal values once
   * @throws RuntimeException if the bytes are not what {@link #encode} wrote; the store's checksums
   *     make that a mistake of ours, not of a disk
   */
  public static FileFacts decode(byte[] bytes, Sharing sharing) {
    return new Decoder(new FactsReader(bytes, sharing), sharing).file();
  }

  private static final class Encoder {
    private final FactsWriter out = new FactsWriter();
    private final Numbering<CType> types = new Numbering<>();
    private final Numbering<List<Variable>> parameters = new Numbering<>();
    private final Numbering<TypedPath> paths = new Numbering<>();

    byte[] file(FileFacts f) {
      out.list(
          f.includes(),
          i -> {
            out.text(i.path());
            out.constant(i.form());
          });
      out.list(f.structs(), this::struct);
      out.list(
          f.typedefs(),
          t -> {
            out.text(t.name());
            type(t.type());
          });
      out.list(f.globals(), this::global);
      out.list(
          f.prototypes(),
          p -> {
            out.text(p.name());
            type(p.returnType());
          });
      out.list(
          f.macros(),
          m -> {
            out.text(m.name());
            out.list(m.parameters(), out::text);
            out.text(m.body());
            out.number(m.line());
          });
      out.list(
          f.invocations(),
          i -> {
            out.text(i.prefix());
            out.text(i.name());
            out.list(i.arguments(), out::text);
            position(i.position());
          });
      out.list(f.functions(), this::function);
      out.list(f.fieldUses(), out::text);
      out.list(
          f.problems(),
          p -> {
            out.constant(p.kind());
            out.number(p.line());
            out.text(p.function());
            out.text(p.detail());
          });
      return out.toBytes();
    }

    private void struct(Struct s) {
      out.text(s.tag());
      out.constant(s.kind());
      out.list(
          s.members(),
          m -> {
            out.text(m.name());
            type(m.type());
          });
      position(s.position());
    }

    private void global(GlobalFacts g) {
      out.text(g.name());
      type(g.type());
      out.constant(g.linkage());
      out.list(
          g.entries(),
          e -> {
            out.text(e.field());
            out.text(e.symbol());
            position(e.position());
          });
      position(g.position());
    }

    private void function(FunctionFacts f) {
      out.text(f.name());
      out.constant(f.linkage());
      out.constant(f.arm());
      type(f.returnType());
      out.once(parameters, f.parameters(), this::parameters);
      out.list(f.annotations(), out::text);
      position(f.position());
      out.number(f.endLine());
      out.list(f.callees(), out::text);
      out.list(f.operations(), this::operation);
      out.list(f.indirectCalls(), this::path);
      out.list(
          f.functionStores(),
          s -> {
            path(s.target());
            out.text(s.name());
            position(s.position());
          });
      out.list(
          f.pointerStores(),
          s -> {
            path(s.target());
            path(s.value());
            out.text(s.producer());
            out.list(s.passedTo(), out::text);
            out.list(s.passedAfter(), out::text);
            position(s.position());
          });
      out.list(
          f.references(),
          r -> {
            out.text(r.callee());
            out.number(r.argument());
            out.text(r.name());
            out.list(r.constants(), out::text);
          });
      locks(f.locks());
      out.number(f.analysed() ? 1 : 0);
    }

    private void parameters(List<Variable> all) {
      out.list(
          all,
          v -> {
            out.text(v.name());
            type(v.type());
            out.constant(v.kind());
          });
    }

    private void locks(LockFacts f) {
      out.list(
          f.regions(),
          r -> {
            out.list(r.locks(), this::held);
            out.list(
                r.sections(),
                s -> {
                  out.text(s.flavour());
                  position(s.position());
                });
            out.list(r.released(), this::held);
            out.list(r.left(), out::text);
            out.list(r.callees(), out::text);
            out.list(r.indirect(), this::path);
          });
      out.list(f.effects(), e -> LockEffectCodec.write(e, out));
      out.list(f.demands(), this::held);
    }

    private void held(LockFacts.Held h) {
      path(h.lock());
      out.constant(h.mode());
      out.constant(h.claim());
      position(h.position());
    }

    private void operation(Operation o) {
      out.text(o.api());
      out.list(
          o.operands(),
          p -> {
            out.constant(p.form());
            path(p.path());
          });
      position(o.position());
    }

    private void path(TypedPath path) {
      out.once(
          paths,
          path,
          p -> {
            out.constant(p.origin());
            out.text(p.root());
            type(p.type());
            out.list(p.steps(), out::step);
          });
    }

    private void type(CType type) {
      out.once(types, type, out::type);
    }

    private void position(Position p) {
      out.number(p.line());
      out.number(p.column());
    }
  }

  private static final class Decoder {
    private final FactsReader in;
    private final Sharing sharing;
    private final List<CType> types = new ArrayList<>();
    private final List<List<Variable>> parameters = new ArrayList<>();
    private final List<TypedPath> paths = new ArrayList<>();

    Decoder(FactsReader in, Sharing sharing) {
      this.in = in;
      this.sharing = sharing;
    }

    FileFacts file() {
      FileFacts facts =
          new FileFacts(
              in.list(() -> sharing.one(new Include(in.text(), in.constant(INCLUDE_FORMS)))),
              in.list(
                  () ->
                      new Struct(
                          in.text(),
                          in.constant(TYPE_KINDS),
                          in.list(() -> sharing.one(new Member(in.text(), type()))),
                          position())),
              in.list(() -> new Typedef(in.text(), type())),
              in.list(
                  () ->
                      new GlobalFacts(
                          in.text(),
                          type(),
                          in.constant(LINKAGES),
                          in.list(() -> new TableEntry(in.text(), in.text(), position())),
                          position())),
              in.list(() -> new PrototypeFacts(in.text(), type())),
              in.list(() -> new Macro(in.text(), in.list(in::text), in.text(), in.number())),
              in.list(() -> new Invocation(in.text(), in.text(), in.list(in::text), position())),
              in.list(this::function),
              in.list(in::text),
              in.list(
                  () ->
                      new Problem(in.constant(PROBLEM_KINDS), in.number(), in.text(), in.text())));
      if (!in.atEnd()) {
        throw new IllegalArgumentException("facts have bytes left over");
      }
      return facts;
    }

    private FunctionFacts function() {
      return new FunctionFacts(
          in.text(),
          in.constant(LINKAGES),
          in.constant(ARMS),
          type(),
          in.once(parameters, this::parameters),
          in.list(in::text),
          position(),
          in.number(),
          in.list(in::text),
          in.list(this::operation),
          in.list(this::path),
          in.list(() -> new FunctionStore(path(), in.text(), position())),
          in.list(
              () ->
                  new PointerStore(
                      path(), path(), in.text(), in.list(in::text), in.list(in::text), position())),
          in.list(() -> new Reference(in.text(), in.number(), in.text(), in.list(in::text))),
          locks(),
          in.number() == 1);
    }

    private List<Variable> parameters() {
      return sharing.one(
          List.copyOf(
              in.list(
                  () ->
                      sharing.one(new Variable(in.text(), type(), in.constant(VARIABLE_KINDS))))));
    }

    private LockFacts locks() {
      return new LockFacts(
          in.list(
              () ->
                  new LockFacts.Region(
                      in.list(this::held),
                      in.list(() -> new Section(in.text(), position())),
                      in.list(this::held),
                      in.list(in::text),
                      in.list(in::text),
                      in.list(this::path))),
          in.list(() -> LockEffectCodec.read(in)),
          in.list(this::held));
    }

    private LockFacts.Held held() {
      return new LockFacts.Held(path(), in.constant(MODES), in.constant(CLAIMS), position());
    }

    private Operation operation() {
      return new Operation(
          in.text(), in.list(() -> new Operand(in.constant(OPERAND_FORMS), path())), position());
    }

    private TypedPath path() {
      return in.once(
          paths, () -> new TypedPath(in.constant(ORIGINS), in.text(), type(), in.list(this::step)));
    }

    private Step step() {
      return sharing.one(in.step());
    }

    private CType type() {
      return in.once(types, () -> sharing.one(in.type(TYPE_KINDS)));
    }

    private Position position() {
      return sharing.one(new Position(in.number(), in.number()));
    }
  }
}
