// SPDX-License-Identifier: Apache-2.0
/** Tests and tools of the symbol family. */
@NullMarked
package dev.pinion.rules.symbol;

import org.jspecify.annotations.NullMarked;
