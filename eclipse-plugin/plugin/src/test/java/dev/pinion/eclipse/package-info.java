// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pinion.eclipse;

import org.jspecify.annotations.NullMarked;
