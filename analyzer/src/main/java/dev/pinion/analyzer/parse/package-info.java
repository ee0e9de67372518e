// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the bytes of one file into a syntax tree, whatever those bytes are. The only package that
 * knows CDT.
 */
@NullMarked
package dev.pinion.analyzer.parse;

import org.jspecify.annotations.NullMarked;
