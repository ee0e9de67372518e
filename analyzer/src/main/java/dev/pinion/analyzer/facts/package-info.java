// SPDX-License-Identifier: Apache-2.0
/**
 * What one file says, as far as the rest of the tree needs to know: small, serialisable,
 * deterministic, a function of the file's bytes and the analyzer's version and of nothing else.
 * Bodies stay behind; whoever needs one asks for its IR.
 */
@NullMarked
package dev.pinion.analyzer.facts;

import org.jspecify.annotations.NullMarked;
