// SPDX-License-Identifier: Apache-2.0
/**
 * Lowers syntax trees to IR: expressions to values and instructions in evaluation order, statements
 * to a control flow graph, scopes to explicit cleanups. Invariants: lowering never throws, a limit
 * or a crash inside one function costs that function's body and nothing else, and the result
 * depends on the tree alone. What the kernel's macros mean as flow stands in {@code idioms.txt},
 * one row per name; there are no branches over kernel names here.
 *
 * <p>Nodes are told apart by CDT's classes, not by its interfaces: a failed test against an
 * interface scans all interfaces of the class, and there are ten such tests for every node.
 */
@NullMarked
package dev.pinion.analyzer.parse.lower;

import org.jspecify.annotations.NullMarked;
