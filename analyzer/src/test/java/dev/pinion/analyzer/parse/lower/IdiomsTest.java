// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of idioms. */
final class IdiomsTest {
  @Test
  void rowsSayWhatNamesMean() {
    assertEquals(new Idiom.Transparent(0), Idioms.KERNEL.of("likely"));
    assertEquals(new Idiom.Cursor(2, List.of(1)), Idioms.KERNEL.of("xa_for_each"));
    assertEquals(new Idiom.Take(0, -1), Idioms.KERNEL.of("take_fd"));
    assertNull(Idioms.KERNEL.of("kfree"));
  }

  @Test
  void guardsThatMayFailAreKnownByTheirEnding() {
    assertTrue(Idioms.KERNEL.isConditionalGuard("rwsem_read_try"));
    assertFalse(Idioms.KERNEL.isConditionalGuard("mutex"));
  }

  @Test
  void commentsAndBlankLinesAreSkipped() {
    Idioms idioms =
        Idioms.parse(List.of("# nothing", "", "f pure # why", "* conditional-guards _x"));
    assertEquals(new Idiom.Pure(), idioms.of("f"));
    assertTrue(idioms.isConditionalGuard("g_x"));
  }

  @Test
  void twoRowsForOneNameAreAnError() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Idioms.parse(List.of("f pure", "f no-return")));
    assertEquals("two rows for f", e.getMessage());
  }

  @Test
  void anUnknownKindIsAnError() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Idioms.parse(List.of("f magic")));
    assertEquals("unknown kind of idiom: magic", e.getMessage());
  }
}
