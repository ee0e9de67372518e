// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pinion.cli;

import org.jspecify.annotations.NullMarked;
