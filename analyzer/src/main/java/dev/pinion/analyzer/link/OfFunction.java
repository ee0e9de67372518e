// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

/** Something that a function does. */
public record OfFunction<T>(FunctionRef function, T item) {}
