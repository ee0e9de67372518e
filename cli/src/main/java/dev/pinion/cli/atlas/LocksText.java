// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.atlas.LocksAnswer;
import dev.pinion.analyzer.atlas.LocksAnswer.Way;
import java.util.List;

/** {@code atlas locks} for people. */
public final class LocksText {
  private LocksText() {}

  public static void write(LocksAnswer answer, Page page) {
    page.title(answer.definition().function() + "()", page.at(answer.definition().location()));
    page.line("on entry: " + Holdings.describe(answer.onEntry(), page));
    String why = why(answer);
    if (!why.isEmpty()) {
      page.line(why);
    }
    if (!answer.ways().isEmpty()) {
      page.heading("ways in", answer.ways().size());
      ways(answer.ways(), "  ", page);
    }
  }

  private static String why(LocksAnswer answer) {
    return switch (answer.gap()) {
      case NONE -> "all ways in are known";
      case NEVER_CALLED -> "nobody in this tree calls it or gives its address away";
      case NOTHING_COMMON -> "the ways in have nothing in common";
      case HANDED_OUT -> "its address is given to someone of whom nothing is known";
      case CALLER_UNKNOWN -> "a caller can be reached in ways that are not known";
      case LIMIT -> "it has more callers, or callers of callers, than are looked at";
    };
  }

  private static void ways(List<Way> ways, String indent, Page page) {
    for (Way way : ways) {
      String holds = indent + "    " + Holdings.describe(way.holding(), page);
      if (way instanceof Way.Call call) {
        page.line(
            indent.substring(2)
                + page.at(call.place().location())
                + "  "
                + call.place().function()
                + "()");
        page.note("", holds);
        ways(call.above(), indent + "    ", page);
      } else if (way instanceof Way.Given given) {
        String execution = CallsText.execution(given.handout().execution());
        page.line(
            indent.substring(2)
                + page.at(given.handout().place().location())
                + "  "
                + CallsText.how(given.handout())
                + (execution.isEmpty() ? "" : ", " + execution));
        page.note("", holds);
      }
    }
  }
}
