// SPDX-License-Identifier: Apache-2.0
/**
 * Questions that people, hovers, reports and tests put to a linked program: who uses a field and
 * under which locks, who calls whom and how, which module has a symbol, how a struct is counted.
 * Answers are records in a fixed order; how they are shown is the front ends' part.
 */
@NullMarked
package dev.pinion.analyzer.atlas;

import org.jspecify.annotations.NullMarked;
