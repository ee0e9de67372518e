// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * A variable declared with {@code __free(function)}.
 *
 * @param variable its name
 * @param function the argument of {@code __free}
 * @param offset where the variable's name starts in the file
 */
public record CleanupVariable(String variable, String function, int offset) {}
