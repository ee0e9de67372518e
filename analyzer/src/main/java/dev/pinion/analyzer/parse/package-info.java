// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the bytes of one file into a syntax tree and then into IR, whatever those bytes are. The
 * only package that knows CDT. Invariant: the result depends on the bytes alone, and no input makes
 * it throw.
 */
@NullMarked
package dev.pinion.analyzer.parse;

import org.jspecify.annotations.NullMarked;
