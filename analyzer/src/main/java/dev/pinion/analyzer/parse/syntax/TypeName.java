// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

/** A type as an operand: {@code struct foo *}, {@code int (*)(void)}. */
public record TypeName(Specifier specifier, Declarator declarator) {}
