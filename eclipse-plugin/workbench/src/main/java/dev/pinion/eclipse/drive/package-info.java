// SPDX-License-Identifier: Apache-2.0
/**
 * Drives a workbench in which the plug-in is installed, as a user would, and looks at what it
 * shows. It knows the plug-in by its ids only.
 */
@NullMarked
package dev.pinion.eclipse.drive;

import org.jspecify.annotations.NullMarked;
