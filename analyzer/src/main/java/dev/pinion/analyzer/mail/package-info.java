// SPDX-License-Identifier: Apache-2.0
/** Mail as people send it, mailboxes and single messages, to the patches of one series in order. */
@NullMarked
package dev.pinion.analyzer.mail;

import org.jspecify.annotations.NullMarked;
