// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pinion.eclipse.server;

import org.jspecify.annotations.NullMarked;
