// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.Comparator;

/**
 * A member of a struct or union.
 *
 * @param owner the tag; {@code tag@file} when several files of the tree define that tag; empty for
 *     a global variable
 * @param field the member's name; members of anonymous structs belong to the struct around them
 */
public record FieldRef(String owner, String field) implements Comparable<FieldRef> {
  private static final Comparator<FieldRef> ORDER =
      Comparator.comparing(FieldRef::owner).thenComparing(FieldRef::field);

  /** The tag without the file. */
  public String tag() {
    int at = owner.indexOf('@');
    return at < 0 ? owner : owner.substring(0, at);
  }

  @Override
  public int compareTo(FieldRef other) {
    return ORDER.compare(this, other);
  }

  /** As people write it: {@code struct kvm_device.vm_node}. */
  @Override
  public String toString() {
    return owner.isEmpty() ? field : "struct " + tag() + "." + field;
  }
}
