// SPDX-License-Identifier: Apache-2.0
/** What a command has to say, before it is known in which format. Plain values, nothing prints. */
@NullMarked
package dev.pinion.cli.report;

import org.jspecify.annotations.NullMarked;
