// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtentTest {
  private static final String TEXT =
      "int f(void)\n{\n\tlist_del(&n->node);\n\tcall(a,\n\t     (b));\n\tx = y;\n\topen(a;\n}\n";

  @ParameterizedTest(name = "{0}:{1} ends at {2}:{3}")
  @CsvSource({
    "3, 2, 3, 20", // a call on one line
    "4, 2, 5, 11", // a call over two lines, with parentheses in it
    "6, 2, 6, 3", // a name
    "6, 4, 6, 5", // neither: one character
    "7, 2, 7, 6", // a call that never closes ends with its name
    "9, 1, 9, 2", // after the last line
    "6, 90, 6, 91", // after the end of a line
  })
  void reachesOverNamesAndCalls(int line, int column, int endLine, int endColumn) {
    assertEquals(new Extent(endLine, endColumn), Extent.at(TEXT, line, column));
  }
}
