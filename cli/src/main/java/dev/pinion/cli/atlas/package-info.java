// SPDX-License-Identifier: Apache-2.0
/** Answers of the atlas as text for people and as JSON for programs. */
@NullMarked
package dev.pinion.cli.atlas;

import org.jspecify.annotations.NullMarked;
