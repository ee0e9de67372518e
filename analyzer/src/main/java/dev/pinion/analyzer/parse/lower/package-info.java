// SPDX-License-Identifier: Apache-2.0
/**
 * Lowers syntax trees to IR: expressions to values and instructions in evaluation order, statements
 * to a control flow graph, scopes to explicit cleanups. Invariants: lowering never throws, a limit
 * or a crash inside one function costs that function's body and nothing else, and the result
 * depends on the tree alone. What the kernel's macros mean as flow stands in {@code idioms.txt},
 * one row per name; there are no branches over kernel names here.
 */
@NullMarked
package dev.pinion.analyzer.parse.lower;

import org.jspecify.annotations.NullMarked;
