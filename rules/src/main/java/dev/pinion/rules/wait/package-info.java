// SPDX-License-Identifier: Apache-2.0
/**
 * Rules about threads that wait: for user space, for a wake-up that others have taken, or without
 * asking what they were woken for.
 */
@NullMarked
package dev.pinion.rules.wait;

import org.jspecify.annotations.NullMarked;
