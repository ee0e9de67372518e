// SPDX-License-Identifier: Apache-2.0
/**
 * Patches as text, and trees with patches applied in memory. Reads unified diffs itself: git's
 * rules for what applies are few, and each thing that can be wrong with a patch from the mail needs
 * words of its own, which a parser that only says "malformed" does not have.
 */
@NullMarked
package dev.pinion.analyzer.patch;

import org.jspecify.annotations.NullMarked;
