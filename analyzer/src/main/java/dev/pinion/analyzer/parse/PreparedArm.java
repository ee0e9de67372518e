// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/**
 * The draft of one reading.
 *
 * @param definitions the macros to expand, in file order
 * @param starts the tokens where the file-level declarations start
 */
record PreparedArm(
    Arm arm, Draft draft, List<Expansion.Definition> definitions, List<Integer> starts) {}
