// SPDX-License-Identifier: Apache-2.0
/**
 * Answers that are computed when they are asked for, remembered, and found out again only where
 * something has changed that they hang on. Knows neither C nor the kernel.
 *
 * <p>Whoever computes an answer reads inputs and other answers; {@link
 * dev.pinion.analyzer.query.Queries} notes which. Once inputs have changed, an answer is computed
 * again only if something that it read has in fact become another; if its own value stays what it
 * was, those who read it hear of nothing. This is the scheme of build systems with early cutoff
 * (Mokhov, Mitchell and Peyton Jones, <i>Build Systems à la Carte</i>, 2018) and of compilers that
 * live in editors.
 */
@NullMarked
package dev.pinion.analyzer.query;

import org.jspecify.annotations.NullMarked;
