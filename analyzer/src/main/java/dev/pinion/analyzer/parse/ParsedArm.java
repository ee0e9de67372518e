// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;

/**
 * One tree of a file. A file usually has one primary tree; it has more when the file had to be
 * parsed in parts, and trees of {@link Arm#OTHER} when arms not taken hold definitions.
 */
public record ParsedArm(Arm arm, IASTTranslationUnit tree, PositionMap map) {}
