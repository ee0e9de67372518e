// SPDX-License-Identifier: Apache-2.0
/**
 * Fixed points over the control flow of one function: a solver and the lattices that several rules
 * need. Takes kernel names only from the model.
 */
@NullMarked
package dev.pinion.analyzer.dataflow;

import org.jspecify.annotations.NullMarked;
