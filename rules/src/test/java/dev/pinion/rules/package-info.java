// SPDX-License-Identifier: Apache-2.0
/**
 * How rules are tested: every rule has a page, the C of the page and the folders of the corpus are
 * trees with expectations, and what the rules say of them must be what the comments expect.
 */
@NullMarked
package dev.pinion.rules;

import org.jspecify.annotations.NullMarked;
