// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;

/** Told what happens to pins on the paths of a function. All methods may be told the same twice. */
interface PinEvents {
  /** A symbol that is not there is called or read. */
  void usedAbsent(int site, AccessPath path, Position position);

  /**
   * A symbol that is not there is passed to a function that follows it.
   *
   * @param below where that does
   */
  void passedAbsent(int site, AccessPath path, Position position, Related below);

  /**
   * Something of the provider is called or read after its pin was dropped.
   *
   * @param value what is used: the symbol, or what calling it gave
   */
  void usedDropped(int site, String value, AccessPath path, Position position, World world);

  /** A symbol is put on a path that has taken it and does not hold it. */
  void putUnheld(Instruction.Call put, String key, World world);

  /** A symbol is put that this path has not tried to take: it was held on entry, or never. */
  void putOfCaller(Instruction.Call put, String key);

  /** A held pin is dropped. */
  void putHeld(Instruction.Call put, int site);

  /** A pin is dropped by an address found elsewhere. */
  void putByAddress(Instruction.Call put, AccessPath path);

  /** The same call takes its symbol again, in a loop, while the first pin is still held. */
  void takenAgain(int site, World world);

  /** Hears nothing; for the passes before the fixed point is reached. */
  PinEvents NONE =
      new PinEvents() {
        @Override
        public void usedAbsent(int site, AccessPath path, Position position) {}

        @Override
        public void passedAbsent(int site, AccessPath path, Position position, Related below) {}

        @Override
        public void usedDropped(
            int site, String value, AccessPath path, Position position, World world) {}

        @Override
        public void putUnheld(Instruction.Call put, String key, World world) {}

        @Override
        public void putOfCaller(Instruction.Call put, String key) {}

        @Override
        public void putHeld(Instruction.Call put, int site) {}

        @Override
        public void putByAddress(Instruction.Call put, AccessPath path) {}

        @Override
        public void takenAgain(int site, World world) {}
      };
}
