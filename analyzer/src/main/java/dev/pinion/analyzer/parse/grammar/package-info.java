// SPDX-License-Identifier: Apache-2.0
/**
 * Reads lexemes as a syntax tree: recursive descent, one class per part of the grammar, with at
 * most a few lexemes of lookahead. What needs knowledge of names (is {@code (x)(y)} a cast?) is
 * decided by the declarations met so far and by kernel custom, in one place, {@link NameScopes}.
 *
 * <p>Invariants: linear in the number of lexemes; never throws; nesting is bounded; what cannot be
 * read costs the statement or declaration it stands in.
 */
@NullMarked
package dev.pinion.analyzer.parse.grammar;

import org.jspecify.annotations.NullMarked;
