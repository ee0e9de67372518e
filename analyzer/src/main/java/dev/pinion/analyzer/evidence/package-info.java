// SPDX-License-Identifier: Apache-2.0
/**
 * Places in a tree and what is to be seen there: the lines of a finding's story and of an excuse's
 * proof. What link can prove, it proves with these.
 */
@NullMarked
package dev.pinion.analyzer.evidence;

import org.jspecify.annotations.NullMarked;
