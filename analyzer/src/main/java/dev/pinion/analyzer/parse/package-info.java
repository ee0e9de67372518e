// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the bytes of one file into a syntax tree, whatever those bytes are.
 *
 * <p>{@link Parser} reads the text ({@link SourceText}), makes a list of tokens that parses without
 * headers ({@code Preparation}), expands the file's own macros ({@code Expansion}), reads what
 * comes of it ({@code grammar}) and returns a {@link ParsedUnit}: the trees ({@code syntax}), the
 * facts of the directives and macros, and a ledger of what is missing.
 *
 * <p>The preparation is lexical and linear: tokens ({@code Tokenizer}), conditionals ({@code
 * Conditionals}), words that adjacency shows to be attributes ({@code Attributes}), brackets
 * ({@code Brackets}), then one reader per kind of place: file, members, block, expression. What is
 * known about single macros is data, in {@code macros.txt}; everything else is judged from context.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The result depends on the bytes alone: no header, path, clock or other file matters.
 *   <li>Parsing never throws; whatever could not be read is a {@link ParseProblem}.
 *   <li>A definition that cannot be read costs itself, never its neighbours.
 *   <li>No kernel function or file is named in code.
 * </ul>
 */
@NullMarked
package dev.pinion.analyzer.parse;

import org.jspecify.annotations.NullMarked;
