// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileParts;

/** Is told which parts of files are looked at. */
interface PartReads {
  /** For who does not want to know. */
  PartReads UNNOTED =
      new PartReads() {
        @Override
        public boolean areNoted() {
          return false;
        }

        @Override
        public void read(String path, int part) {}

        @Override
        public void readAll(String path) {}
      };

  /** Whether anybody wants to know. */
  boolean areNoted();

  /** One part, as of {@link FileParts}. */
  void read(String path, int part);

  /** Whatever the file says. */
  void readAll(String path);
}
