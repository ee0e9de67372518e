// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.FunctionFacts.FunctionStore;
import dev.pinion.analyzer.facts.FunctionFacts.Reference;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.facts.Term;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A look for what functions do that files have under one term. Whoever looks hangs on what each
 * file has under it, and on nothing else of the file.
 *
 * @param items all that a function does of the kind
 * @param wanted holds only of what the file has under the term
 */
record Look<T>(
    Term term,
    String name,
    Function<FunctionFacts, List<T>> items,
    BiPredicate<FunctionFacts, T> wanted) {

  /** All that the program's functions do so, in path order and then in source order. */
  Stream<OfFunction<T>> in(Program program) {
    return program.files(term, name).stream().flatMap(path -> program.linked(path).all(this));
  }

  private static Look<Operation> operations(
      Term term, String name, BiPredicate<FunctionFacts, Operation> wanted) {
    return new Look<>(term, name, FunctionFacts::operations, wanted);
  }

  /** The operations of that name. */
  static Look<Operation> operationsOf(String api) {
    return operations(Term.OPERATION, api, (f, o) -> o.api().equals(api));
  }

  /** The operations with an operand that has that member or bare name. */
  static Look<Operation> operand(String name) {
    return operations(Term.OPERAND, name, (f, o) -> FileTerms.isOperand(name, o));
  }

  /** Those of them that have that name themselves. */
  static Look<Operation> operand(String api, String name) {
    return operations(
        Term.OPERAND_OF,
        FileTerms.operand(api, name),
        (f, o) -> o.api().equals(api) && FileTerms.isOperand(name, o));
  }

  /** The operations with an operand that has that member, as of {@link FileTerms#member}. */
  static Look<Operation> operandIn(String member) {
    return operations(Term.OPERAND_IN, member, (f, o) -> FileTerms.isOperandIn(member, o));
  }

  /** The operations on objects of that struct or typedef, as far as the file tells. */
  static Look<Operation> operatesOn(String type) {
    return operations(Term.OPERATES_ON, type, (f, o) -> FileTerms.operatesOn(type, o, f));
  }

  /** The stores of pointers into members of that name. */
  static Look<PointerStore> stores(String member) {
    return new Look<>(
        Term.STORE_POINTER,
        member,
        FunctionFacts::pointerStores,
        (f, s) -> FileTerms.lastMember(s.target().steps()).equals(member));
  }

  /** The stores of pointers into that member, as of {@link FileTerms#member}. */
  static Look<PointerStore> storesIn(String member) {
    return new Look<>(
        Term.STORE_POINTER_IN,
        member,
        FunctionFacts::pointerStores,
        (f, s) -> FileTerms.isStoreIn(member, s));
  }

  /** The stores of names of functions into members of that name. */
  static Look<FunctionStore> functionStores(String member) {
    return new Look<>(
        Term.STORE_FUNCTION,
        member,
        FunctionFacts::functionStores,
        (f, s) -> FileTerms.lastMember(s.target().steps()).equals(member));
  }

  /** The paths called through that lead through that member, or begin with that global. */
  static Look<TypedPath> callsThrough(String member) {
    return new Look<>(
        Term.CALL_THROUGH,
        member,
        FunctionFacts::indirectCalls,
        (f, p) -> FileTerms.isThrough(member, p));
  }

  /** The calls that pass that name. */
  static Look<Reference> mentions(String name) {
    return new Look<>(
        Term.MENTION, name, FunctionFacts::references, (f, r) -> r.name().equals(name));
  }

  /** The calls of that function that pass a name. */
  static Look<Reference> passed(String callee) {
    return new Look<>(
        Term.PASS, callee, FunctionFacts::references, (f, r) -> r.callee().equals(callee));
  }
}
