// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Position;

/**
 * An open RCU read-side critical section.
 *
 * @param flavour {@code rcu}; {@code bh}, {@code irq} or {@code preempt} for regions without
 *     softirqs, interrupts or preemption, which are such sections since Linux 4.20; {@code trace};
 *     or {@code srcu:} and the srcu_struct's canonical path
 * @param position where it was entered
 */
public record Section(String flavour, Position position) {}
