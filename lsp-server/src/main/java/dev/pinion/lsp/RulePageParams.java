// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a rule's page.
 *
 * @param rule its id
 */
record RulePageParams(@Nullable String rule) {}
