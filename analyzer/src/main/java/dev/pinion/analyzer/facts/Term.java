// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

/** In which role a file spells a name. */
public enum Term {
  /** Defines the struct, union or enum of that tag. */
  STRUCT,
  /** Includes a file of that name, in whatever folder; see {@link FileTerms#lastPart}. */
  INCLUDE,
  /** Defines a struct whose first member is that struct. */
  BEGINS_WITH,
  TYPEDEF,
  /** Defines or declares the global variable. */
  GLOBAL,
  PROTOTYPE,
  MACRO,
  FUNCTION,
  /** Calls it in a function. */
  CALL,
  /** Does it as an operation that rules look for tree-wide. */
  OPERATION,
  /** Uses it as a value, or has it in a text that may become anything. */
  MENTION,
  /** Passes a name to it. */
  PASS,
  /** Calls through a path with that member, or that begins with that global. */
  CALL_THROUGH,
  /** Stores a name of a function into that member. */
  STORE_FUNCTION,
  /** The same for the member of a struct; see {@link FileTerms#member}. */
  STORE_FUNCTION_IN,
  /** The same for a path that starts from a variable of that struct or typedef. */
  STORE_FUNCTION_FROM,
  /** Reads a pointer from that member and goes on with it. */
  READ_THROUGH,
  /** Puts a name into that member in an initialiser; see {@link FileTerms#entry}. */
  ENTRY,
  /** The same for the member of a struct; see {@link FileTerms#member}. */
  ENTRY_IN,
  /** Stores a pointer into that member. */
  STORE_POINTER,
  /** The same for the member of a struct; see {@link FileTerms#member}. */
  STORE_POINTER_IN,
  /** Has the member, or a bare name that may be one, in an operand of an operation. */
  OPERAND,
  /** The same for the member of a struct; see {@link FileTerms#member}. */
  OPERAND_IN,
  /** Has it in an operand of that operation; see {@link FileTerms#operand}. */
  OPERAND_OF,
  /** Has an operation on a parameter of that struct or typedef, or on what is embedded in one. */
  OPERATES_ON,
  /** Gives that struct or typedef another name. */
  SYNONYM,
  /** Has a macro that may be that member under another name. */
  RENAMED,
  /** Uses it as a file-level macro. */
  INVOCATION,
  /** Has it in the body of a macro. */
  MACRO_WORD,
  /** Has functions with that trait; see {@link Trait}. */
  TRAIT;

  /** What functions or tables of a file are like, as the name of a {@link #TRAIT}. */
  public enum Trait {
    /** Leaves a lock held or gives one back. */
    LOCKS,
    /** Stores a parameter. */
    STORES,
    /** Has operations. */
    OPERATES,
    /** Has a macro that looks symbols up. */
    LOOKS_UP,
    /** Uses macros at file level. */
    INVOKES
  }
}
