// SPDX-License-Identifier: Apache-2.0
/**
 * The formats reports are written in, one class each.
 *
 * <p><b>Invariant:</b> what is written depends on the report alone: no clock, no machine, no
 * locale.
 */
@NullMarked
package dev.pinion.cli.format;

import org.jspecify.annotations.NullMarked;
