// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import dev.pinion.analyzer.patch.Patch;

/**
 * A patch and the mail it came by.
 *
 * @param text the patch's text, one character per byte
 */
public record MailedPatch(Mail mail, Patch patch, String text) {}
