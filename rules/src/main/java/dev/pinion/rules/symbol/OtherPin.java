// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves that the provider stays although the pin of its symbol is gone: the provider has looked at
 * a file, the file is one of its own, and the file is still held. Thread 002 lives from that.
 */
final class OtherPin {
  private final PinContext context;

  OtherPin(PinContext context) {
    this.context = context;
  }

  /** The lines of the proof for something kept in an object; empty if there is none. */
  List<Related> forStash(Site site, Pin.Stash stash, World end) {
    List<Related> verified = verified(site);
    int arrow = stash.place().lastIndexOf("->");
    if (verified.isEmpty() || arrow < 0) {
      return List.of();
    }
    String object = stash.place().substring(0, arrow + 2);
    for (String file : filesGiven(stash.value(), end)) {
      Position counted = end.files().get(file);
      if (counted == null) {
        continue;
      }
      for (Map.Entry<String, String> e : end.facts().places().entrySet()) {
        if (e.getKey().startsWith(object) && e.getValue().equals(file)) {
          List<Related> proof = new ArrayList<>();
          proof.add(SymbolRule.at(context.ref(), counted, "a reference to the file is taken here"));
          proof.addAll(verified);
          keeper(e.getKey(), end).ifPresent(proof::add);
          return proof;
        }
      }
    }
    return List.of();
  }

  /** The same for a use in this function: it is enough that the file is held here. */
  List<Related> forUse(Site site, String value, World world) {
    List<Related> verified = verified(site);
    if (verified.isEmpty()) {
      return List.of();
    }
    for (String file : filesGiven(value, world)) {
      List<Related> proof = new ArrayList<>();
      Position counted = world.files().get(file);
      if (counted != null) {
        proof.add(SymbolRule.at(context.ref(), counted, "a reference to the file is taken here"));
      } else if (isBorrowed(file)) {
        proof.add(
            SymbolRule.at(
                context.ref(),
                context.function().position(),
                "the caller holds the file while this function runs"));
      } else {
        continue;
      }
      proof.addAll(verified);
      return proof;
    }
    return List.of();
  }

  private List<Related> verified(Site site) {
    return site.symbol()
        .flatMap(s -> Provider.of(s, context.program()))
        .map(Provider::verifiesFile)
        .orElse(List.of());
  }

  /** The values that were given to the call which gave {@code value}. */
  private List<String> filesGiven(String value, World world) {
    List<String> given = new ArrayList<>();
    for (Instruction.Call call : Calls.of(context.function())) {
      if (PathFacts.valueOf(context.number(call)).equals(value)) {
        for (Value argument : call.arguments()) {
          given.add(world.facts().value(argument));
        }
      }
    }
    return given;
  }

  private boolean isBorrowed(String value) {
    return value.startsWith("in:")
        && context
            .function()
            .variable(value.substring(3))
            .filter(v -> v.kind() == Variable.Kind.PARAMETER)
            .filter(v -> v.type().isPointer() && v.type().name().equals("file"))
            .isPresent();
  }

  /** Where the file was put beside what it pins. */
  private Optional<Related> keeper(String place, World end) {
    for (var block : context.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && end.facts().place(assign.target()).equals(place)) {
          return Optional.of(
              SymbolRule.at(
                  context.ref(),
                  assign.position(),
                  "the file is kept in '" + Shown.path(assign.target()) + "'"));
        }
      }
    }
    return Optional.empty();
  }
}
