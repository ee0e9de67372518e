// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.rule.Tier;

/** Colours for text, or none. */
public enum Style {
  PLAIN {
    @Override
    String paint(String code, String text) {
      return text;
    }
  },
  ANSI {
    @Override
    String paint(String code, String text) {
      return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  };

  abstract String paint(String code, String text);

  /** A path or a heading. */
  public String strong(String text) {
    return paint("1", text);
  }

  /** What belongs to a note. */
  public String note(String text) {
    return paint("36", text);
  }

  /** What only frames the rest. */
  public String faint(String text) {
    return paint("2", text);
  }

  /** The label of a tier. */
  public String tier(Tier tier) {
    String code =
        switch (tier) {
          case ERROR -> "1;31";
          case WARNING -> "1;35";
          case LATENT -> "1;34";
        };
    return paint(code, tier.label());
  }
}
