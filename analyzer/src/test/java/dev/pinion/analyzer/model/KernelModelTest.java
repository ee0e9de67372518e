// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelModelTest {
  private final KernelModel model = KernelModel.load();

  @Test
  void rowsSayWhatTheHeadersSay() {
    Api add = model.find("list", "list_add_tail_rcu").orElseThrow();
    assertEquals("insert", add.operation());
    assertTrue(add.is("rcu"));
    assertEquals(0, add.argument("node"));
    assertEquals(1, add.argument("head"));
    assertEquals(-1, add.argument("cursor"));
    assertTrue(model.does("rtnl_dereference", "rcu", "fetch"));
    assertTrue(model.does("rtnl_dereference", "lock", "assert"));
    assertEquals("rtnl_mutex", model.find("lock", "rtnl_lock").orElseThrow().texts().get("global"));
  }

  @Test
  void aRowIsWordsFlagsAndAttributes() {
    Map<String, Api> rows =
        KernelModel.parse(
            "list", List.of("# a comment", "", "foo_add  insert rcu node=1 kind=tail"));
    assertEquals(
        new Api(
            "foo_add", "list", "insert", Set.of("rcu"), Map.of("node", 1), Map.of("kind", "tail")),
        rows.get("foo_add"));
  }

  @Test
  void twoRowsOfOneNameAreAMistake() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> KernelModel.parse("lock", List.of("a acquire arg=0", "a release arg=0")));
    assertEquals("lock.rows: two rows for a", e.getMessage());
    assertThrows(IllegalStateException.class, () -> KernelModel.parse("lock", List.of("a")));
  }

  /** Every guard that opens must close, or the rest of the function would look guarded. */
  @Test
  void everyGuardHasAnEnd() {
    for (String family : List.of("lock", "rcu")) {
      for (Api api : model.family(family)) {
        if (api.name().startsWith("guard(")) {
          assertTrue(model.find(family, "~" + api.name()).isPresent(), api.name());
        }
      }
    }
  }
}
