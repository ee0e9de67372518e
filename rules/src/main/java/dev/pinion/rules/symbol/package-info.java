// SPDX-License-Identifier: Apache-2.0
/**
 * Rules about {@code symbol_get()} and its relatives: a symbol of another module looked up at run
 * time, which pins that module until it is put.
 */
@NullMarked
package dev.pinion.rules.symbol;

import org.jspecify.annotations.NullMarked;
