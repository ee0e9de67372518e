// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction.Assign;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Clause.Designation;
import dev.pinion.analyzer.parse.syntax.Clause.Designator;
import dev.pinion.analyzer.parse.syntax.Clause.InitializerList;
import dev.pinion.analyzer.parse.syntax.Clause.MemberDesignator;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.CompoundLiteral;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Initialiser lists inside functions, field by field: {@code x = {.a = f()}} is {@code %1 = f()},
 * {@code x = 0}, {@code x.a = %1}. All values are computed before the first assignment, because
 * they may read what is assigned. Zeros and constant array elements are not assigned one by one.
 */
final class InitializerLowering {
  private final FunctionLowering function;

  /** One value of the list. */
  private record Element(List<Step> steps, Value value, Position position) {}

  InitializerLowering(FunctionLowering function) {
    this.function = function;
  }

  /** A clause that is no expression: a list, or a stray designator. */
  Value clause(Clause clause, Destination to) {
    if (to instanceof Destination.Into into) {
      CType type = function.typeOf(into.place());
      aggregate(into.place(), type.arrays() > 0, clause, into.position());
      return new Value.Load(into.place());
    }
    List<Element> elements = new ArrayList<>();
    collect(clause, List.of(), Shape.STRUCT, elements);
    return new Value.Compound("{}", elements.stream().map(Element::value).toList());
  }

  /** {@code (struct foo){…}}: an object of its own, in a temporary unless it has a place. */
  Value compoundLiteral(CompoundLiteral literal, Destination to) {
    CType type = function.types().typeId(literal.type());
    Clause list = literal.list();
    AccessPath place =
        to instanceof Destination.Into into ? into.place() : function.variables().temporary(type);
    aggregate(place, type.arrays() > 0, list, function.start(literal));
    return new Value.Load(place);
  }

  private enum Shape {
    STRUCT,
    ARRAY
  }

  private void aggregate(
      AccessPath place, boolean array, @Nullable Clause list, Position position) {
    List<Element> elements = new ArrayList<>();
    collect(list, List.of(), array ? Shape.ARRAY : Shape.STRUCT, elements);
    // What reads the object must read it before the first assignment below.
    elements.replaceAll(e -> mentions(e.value(), place.root()) ? kept(e) : e);
    function.cfg().add(new Assign(place, Value.ZERO, position));
    for (Element element : elements) {
      AccessPath field = PlaceLowering.extend(place, element.steps());
      function.cfg().add(new Assign(field, element.value(), element.position()));
    }
  }

  private Element kept(Element element) {
    AccessPath place = function.keep(element.value(), element.position());
    return new Element(element.steps(), new Value.Load(place), element.position());
  }

  private static boolean mentions(Value value, String root) {
    if (value instanceof Value.Load load) {
      return load.path().root().equals(root);
    }
    if (value instanceof Value.ContainerOf container) {
      return mentions(container.inner(), root);
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(v -> mentions(v, root));
  }

  private void collect(@Nullable Clause clause, List<Step> path, Shape shape, List<Element> into) {
    if (clause instanceof InitializerList list) {
      function.descend();
      List<Clause> all = list.clauses();
      for (int i = 0; i < all.size(); i++) {
        Step position = shape == Shape.ARRAY ? new Step.Index() : new Step.Dot("#" + i);
        if (all.get(i) instanceof Designation d) {
          collect(d.clause(), designated(path, d), Shape.STRUCT, into);
        } else {
          collect(all.get(i), append(path, position), Shape.STRUCT, into);
        }
      }
      function.ascend();
    } else if (clause instanceof Designation d) {
      collect(d.clause(), designated(path, d), Shape.STRUCT, into);
    } else if (clause instanceof Expression e) {
      Value value = function.expressions().value(e);
      boolean element = !path.isEmpty() && path.get(path.size() - 1) instanceof Step.Index;
      if (!value.equals(Value.ZERO) && !(element && value instanceof Value.Constant)) {
        into.add(new Element(path, value, function.start(e)));
      }
    }
  }

  private List<Step> designated(List<Step> path, Designation d) {
    List<Step> steps = path;
    for (Designator designator : d.designators()) {
      steps =
          append(
              steps,
              designator instanceof MemberDesignator f ? new Step.Dot(f.name()) : new Step.Index());
    }
    return steps;
  }

  private static List<Step> append(List<Step> path, Step step) {
    List<Step> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
