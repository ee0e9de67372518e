// SPDX-License-Identifier: Apache-2.0
/**
 * Rules about pointers that outlive what holds them: objects kept without a reference, callbacks
 * kept without a pin on the module whose text they are.
 */
@NullMarked
package dev.pinion.rules.pin;

import org.jspecify.annotations.NullMarked;
