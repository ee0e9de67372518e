// SPDX-License-Identifier: Apache-2.0
/**
 * The mutation yardstick: breaks correct sites of a tree one at a time and asks the rules whether
 * they notice. Run by {@code bench/mutants}.
 */
@NullMarked
package dev.pinion.rules.mutants;

import org.jspecify.annotations.NullMarked;
