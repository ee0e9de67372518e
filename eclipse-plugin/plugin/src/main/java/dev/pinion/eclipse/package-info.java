// SPDX-License-Identifier: Apache-2.0
/**
 * Pinion in Eclipse: buffers of the workbench in, problem markers with their resolutions out. What
 * is known of findings is what a server says; nothing is analysed here.
 *
 * <p>Documents are read on the threads that change them, markers are written by one job, the
 * workbench is touched on its own thread; servers live on theirs.
 */
@NullMarked
package dev.pinion.eclipse;

import org.jspecify.annotations.NullMarked;
