// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What still has to be called when the open scopes end: a stack, innermost on top, that is shared
 * by every jump that leaves it. Two entries are the same only if they are one object.
 */
final class Cleanup {
  private final @Nullable Cleanup outer;
  private final int depth;
  private final String callee;
  private final List<Value> arguments;

  private Cleanup(@Nullable Cleanup outer, int depth, String callee, List<Value> arguments) {
    this.outer = outer;
    this.depth = depth;
    this.callee = callee;
    this.arguments = List.copyOf(arguments);
  }

  /** What is below, or null at the bottom. */
  @Nullable Cleanup outer() {
    return outer;
  }

  /** The name of the call, {@code ~guard(mutex)}. */
  String callee() {
    return callee;
  }

  List<Value> arguments() {
    return arguments;
  }

  static Cleanup push(@Nullable Cleanup outer, String callee, List<Value> arguments) {
    return new Cleanup(outer, outer == null ? 0 : outer.depth + 1, callee, arguments);
  }

  /** What two stacks have in common. */
  static @Nullable Cleanup common(@Nullable Cleanup a, @Nullable Cleanup b) {
    Cleanup left = a;
    Cleanup right = b;
    while (left != right) {
      int leftDepth = left == null ? -1 : left.depth;
      int rightDepth = right == null ? -1 : right.depth;
      if (left != null && leftDepth >= rightDepth) {
        left = left.outer;
      }
      if (right != null && rightDepth >= leftDepth) {
        right = right.outer;
      }
    }
    return left;
  }
}
