// SPDX-License-Identifier: Apache-2.0
/**
 * Functions as control flow over access paths, and the declarations of one file. Knows C, not the
 * kernel: a call is a call, whatever its name. Everything here is immutable, and Dump is its
 * readable form, in which the tests speak.
 */
@NullMarked
package dev.pinion.analyzer.ir;

import org.jspecify.annotations.NullMarked;
