// SPDX-License-Identifier: Apache-2.0
/**
 * Destruction under a lock: puts that may be the last, and waits for callbacks, while a lock is
 * held that what is called, or waited for, takes as well. The thread "KVM: async kvm_destroy_vm for
 * vfio devices" of January 2023 is where the family comes from.
 */
@NullMarked
package dev.pinion.rules.teardown;

import org.jspecify.annotations.NullMarked;
