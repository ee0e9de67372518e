// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Condition.Operator;
import dev.pinion.analyzer.ir.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BranchesTest {
  private static final Value P = Value.load("p");
  private static final Condition IS_NULL = new Condition(Operator.EQ, P, Value.ZERO);

  private static Condition isError(Operator operator) {
    return new Condition(operator, new Value.Compound("IS_ERR", List.of(P)), Value.ZERO);
  }

  private static Optional<PathFacts> learn(Condition... conditions) {
    Optional<PathFacts> facts = Optional.of(PathFacts.NONE);
    for (Condition condition : conditions) {
      facts = facts.flatMap(f -> Branches.learn(condition, f));
    }
    return facts;
  }

  @Test
  void aTestAndItsOppositeExcludeEachOther() {
    assertTrue(learn(IS_NULL, IS_NULL).isPresent());
    assertTrue(learn(IS_NULL, IS_NULL.negated()).isEmpty());
  }

  @Test
  void nullIsNoErrorAndAnErrorIsNotNull() {
    assertTrue(learn(IS_NULL, isError(Operator.EQ)).isPresent());
    assertTrue(learn(IS_NULL, isError(Operator.NE)).isEmpty());
    assertTrue(learn(isError(Operator.NE), IS_NULL).isEmpty());
  }

  @Test
  void namedConstantsAreToldApart() {
    Condition isA = new Condition(Operator.EQ, P, Value.load("MODE_A"));
    Condition isB = new Condition(Operator.EQ, P, Value.load("MODE_B"));
    assertTrue(learn(isA, isB).isEmpty());
    assertTrue(learn(isA.negated(), isB).isPresent());
    assertTrue(learn(isA.negated(), isA).isEmpty());
  }

  @Test
  void aNegativeNumberIsNotZero() {
    Condition negative = new Condition(Operator.LT, P, Value.ZERO);
    assertTrue(learn(negative, IS_NULL).isEmpty());
    assertTrue(learn(negative.negated(), IS_NULL).isPresent());
  }

  @Test
  void aFlagTellsOfWhatItWasSetFrom() {
    Value found = new Value.Compound("!", List.of(new Value.Compound("!", List.of(P))));
    PathFacts flag = PathFacts.NONE.assign(AccessPath.variable("found"), found, 1);
    Condition isFound = Condition.truth(Value.load("found"));
    PathFacts known = Branches.learn(IS_NULL, flag).orElseThrow();
    assertTrue(Branches.learn(isFound, known).isEmpty());
    assertTrue(Branches.learn(isFound.negated(), known).isPresent());
    PathFacts tested = Branches.learn(isFound, flag).orElseThrow();
    assertTrue(Branches.learn(IS_NULL, tested).isEmpty());
  }

  @Test
  void whatAMemberIsInIsThere() {
    Value entry = new Value.ContainerOf(P, CType.struct("s"), "link");
    PathFacts set = PathFacts.NONE.assign(AccessPath.variable("s"), entry, 1);
    Condition isNull = new Condition(Operator.EQ, Value.load("s"), Value.ZERO);
    assertTrue(Branches.learn(isNull, set).isEmpty());
    assertTrue(Branches.learn(isNull.negated(), set).isPresent());
  }

  @Test
  void copiesLearnFromEachOther() {
    PathFacts copied = PathFacts.NONE.assign(AccessPath.variable("q"), P, 1);
    PathFacts known = Branches.learn(IS_NULL, copied).orElseThrow();
    Condition copyIsNot = new Condition(Operator.NE, Value.load("q"), Value.ZERO);
    assertTrue(Branches.learn(copyIsNot, known).isEmpty());
  }

  @Test
  void placesOfOneObjectAreOneWhateverPointsToIt() {
    AccessPath a = AccessPath.variable("a");
    PathFacts facts =
        PathFacts.NONE
            .assign(AccessPath.variable("b"), new Value.Load(a), 1)
            .assign(a.arrow("x"), new Value.Constant(7), 2);
    assertEquals("#7", facts.value(new Value.Load(AccessPath.variable("b").arrow("x"))));
  }

  @Test
  void anAssignmentForgetsWhatWasKnown() {
    PathFacts known = learn(IS_NULL).orElseThrow();
    PathFacts fresh = known.assignNew(AccessPath.variable("p"), 3);
    assertTrue(Branches.learn(IS_NULL.negated(), fresh).isPresent());
  }

  @Test
  void walkingAListComesToAnEnd() {
    AccessPath p = AccessPath.variable("p");
    PathFacts facts = PathFacts.NONE;
    PathFacts before = facts;
    for (int i = 0; i < 3; i++) {
      before = facts;
      facts = facts.assign(p, new Value.Load(p.arrow("next")), 5);
    }
    assertEquals(before, facts);
  }

  @Test
  void errorCodesAreKnownWithoutTheirNumbers() {
    Value code = new Value.Compound("-", List.of(Value.load("EINVAL")));
    assertEquals(Known.Answer.YES, PathFacts.NONE.known(PathFacts.NONE.value(code)).error());
    assertFalse(PathFacts.NONE.known(PathFacts.NONE.value(P)).isNonZero());
  }
}
