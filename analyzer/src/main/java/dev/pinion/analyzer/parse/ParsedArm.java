// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.syntax.TranslationUnit;

/**
 * One tree of a file: the primary one, or one of {@link Arm#OTHER} when arms not taken hold
 * definitions.
 */
public record ParsedArm(Arm arm, TranslationUnit tree) {}
