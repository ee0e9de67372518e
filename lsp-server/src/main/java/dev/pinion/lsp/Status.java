// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

/**
 * How the server is.
 *
 * @param health {@code ok}, {@code indexing} or {@code degraded}
 * @param quiescent whether nothing is being analysed or waits to be
 * @param message for people: counts while indexing, the reason when degraded, else empty
 */
record Status(String health, boolean quiescent, String message) {}
