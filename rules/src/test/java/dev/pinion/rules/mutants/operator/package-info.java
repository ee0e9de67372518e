// SPDX-License-Identifier: Apache-2.0
/**
 * The ways to break correct code: an operator finds its sites by what a program shows, and says of
 * each what it changes and what is known of it beforehand.
 */
@NullMarked
package dev.pinion.rules.mutants.operator;

import org.jspecify.annotations.NullMarked;
