// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * A stretch of a file in lines and columns as a user counts them: 1-based, the end column is the
 * one after the last character.
 */
public record Position(int line, int column, int endLine, int endColumn) {}
