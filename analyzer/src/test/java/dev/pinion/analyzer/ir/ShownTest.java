// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages name what the source names. */
class ShownTest {
  @Test
  void marksOfShadowingVariablesAreLeftOut() {
    AccessPath path = AccessPath.variable("clt_path'2").arrow("clt").dot("paths");

    assertEquals("clt_path->clt.paths", Shown.path(path));
    assertEquals("&clt_path->clt.paths", Shown.value(new Value.AddressOf(path)));
  }

  @Test
  void elementsAndTargetsOfPointers() {
    assertEquals("dvb->fe[...]", Shown.path(AccessPath.variable("dvb").arrow("fe").index()));
    assertEquals("(*p)", Shown.path(AccessPath.variable("p").deref()));
  }

  @Test
  void computedValuesReadLikeC() {
    Value x = Value.load("x'3");

    assertEquals("x + 1", Shown.value(new Value.Compound("+", List.of(x, new Value.Constant(1)))));
    assertEquals("IS_ERR(x)", Shown.value(new Value.Compound("IS_ERR", List.of(x))));
    assertEquals("-EINVAL", Shown.value(new Value.Compound("-", List.of(Value.load("EINVAL")))));
    assertEquals("7", Shown.value(new Value.Constant(7)));
  }
}
