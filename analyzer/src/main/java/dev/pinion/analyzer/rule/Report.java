// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

/** Where a rule says what it found. */
public interface Report {
  void finding(Finding finding);

  void excused(Excused excused);
}
