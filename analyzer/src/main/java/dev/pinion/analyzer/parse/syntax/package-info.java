// SPDX-License-Identifier: Apache-2.0
/**
 * The syntax tree of a file of GNU C, without comments, preprocessing and layout. Names are those
 * of the grammar in the C standard.
 *
 * <p>Invariants: a tree is immutable and holds no reference to its parents or to the text; a node
 * knows its place as two offsets of the file, those of its first and of its last character. What
 * came out of a macro stands where the macro is used.
 */
@NullMarked
package dev.pinion.analyzer.parse.syntax;

import org.jspecify.annotations.NullMarked;
