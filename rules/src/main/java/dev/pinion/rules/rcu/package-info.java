// SPDX-License-Identifier: Apache-2.0
/**
 * RCU-protected lists. Normative text: {@code Documentation/RCU/checklist.rst} and {@code
 * listRCU.rst} of the kernel; the thread "KVM: Treat the device list as an rculist" of February
 * 2024 is where the family comes from.
 */
@NullMarked
package dev.pinion.rules.rcu;

import org.jspecify.annotations.NullMarked;
