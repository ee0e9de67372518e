// SPDX-License-Identifier: Apache-2.0
/** Tests of the language server, most of them through a client of the real protocol. */
@NullMarked
package dev.pinion.lsp;

import org.jspecify.annotations.NullMarked;
