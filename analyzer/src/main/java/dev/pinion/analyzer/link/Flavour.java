// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.Api;

/**
 * What kind of readers there are, and so what a grace period must wait for. Since Linux 4.20 plain
 * RCU, bh and sched are one; SRCU readers are waited for by their own {@code srcu_struct} only.
 *
 * @param srcu the last name on the path to the srcu_struct; empty for plain RCU
 */
public record Flavour(String srcu) {
  public static final Flavour RCU = new Flavour("");

  /** SRCU readers of whom it is not known which srcu_struct they use. */
  public static final Flavour ANY_SRCU = new Flavour("?");

  /** The flavour of a section as contexts name it: {@code "rcu"}, {@code "srcu:kvm->srcu"}. */
  static Flavour ofSection(String section) {
    return section.startsWith("srcu:") ? new Flavour(lastName(section.substring(5))) : RCU;
  }

  private static String lastName(String path) {
    int from = path.length();
    while (from > 0 && Character.isJavaIdentifierPart(path.charAt(from - 1))) {
      from--;
    }
    return from == path.length() ? "?" : path.substring(from);
  }

  /** Whether the primitive, a row that waits, waits for readers of this flavour. */
  boolean isAwaitedBy(Api api, Instruction.Call call) {
    int argument = api.argument("srcu");
    if (argument < 0 || argument >= call.arguments().size()) {
      return srcu.isEmpty();
    }
    if (srcu.isEmpty()) {
      return false;
    }
    String waited = lastName(place(call.arguments().get(argument)));
    return waited.equals("?") || srcu.equals("?") || waited.equals(srcu);
  }

  private static String place(Value argument) {
    if (argument instanceof Value.AddressOf address) {
      return name(address.path());
    }
    return argument instanceof Value.Load load ? name(load.path()) : "?";
  }

  private static String name(AccessPath path) {
    return path.lastField().isEmpty() ? path.root() : path.lastField();
  }
}
