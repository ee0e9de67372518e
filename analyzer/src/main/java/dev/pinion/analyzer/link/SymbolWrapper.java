// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

/**
 * A function or macro that takes a symbol, or gives one back.
 *
 * @param name as it is called
 * @param argument which of its arguments says which symbol
 * @param by how that argument says it
 * @param effect what a call does to the pin of the symbol's module
 * @param origin where that is known from: {@code file:line} of the definition, or {@code model}
 */
public record SymbolWrapper(String name, int argument, By by, Effect effect, String origin) {
  /** How a symbol is named. */
  public enum By {
    /** By its name, as if it were called. */
    NAME,
    /** By a string, perhaps one that is known at run time only. */
    STRING,
    /** By an address inside the module. */
    ADDRESS
  }

  /** What a call does to the pin. */
  public enum Effect {
    /** Gives the symbol, pinned, or NULL. */
    GET,
    /** Calls the symbol; the pin stays if the result is not NULL. */
    ATTACH,
    /** Calls the symbol and drops the pin again. */
    CALL,
    /** Drops a pin. */
    PUT,
    /** Gives its argument back: evaluates it again if it was NULL. */
    FORWARD
  }

  /** Whether a call asks for the symbol, whatever happens to the pin then. */
  public boolean takes() {
    return effect == Effect.GET || effect == Effect.ATTACH || effect == Effect.CALL;
  }
}
