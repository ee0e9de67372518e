// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
      0                                         => NEVER
      1                                         => ALWAYS
      0 && X                                    => NEVER
      CONFIG_A                                  => TRUE
      !CONFIG_A                                 => FALSE
      defined(CONFIG_A) && !defined(CONFIG_B)   => FALSE
      defined CONFIG_A || X                     => TRUE
      IS_ENABLED(CONFIG_A)                      => TRUE
      !IS_REACHABLE(CONFIG_A)                   => FALSE
      IS_ENABLED(x)                             => UNKNOWN
      defined(__KERNEL__)                       => TRUE
      defined(__ASSEMBLY__)                     => FALSE
      defined(X)                                => UNKNOWN
      BITS_PER_LONG == 64                       => UNKNOWN
      CONFIG_A > 3                              => UNKNOWN
      LINUX_VERSION_CODE >= KERNEL_VERSION(2,6,0) => UNKNOWN
      (1 + 2) * 2 == 6                          => TRUE
      1 << 3 < 0x8UL                            => FALSE
      ZERO                                      => FALSE
      ZERO || ONE                               => TRUE
      1 ? ZERO : X                              => FALSE
      1 / 0                                     => UNKNOWN
      -1 < 0                                    => TRUE
      X &&                                      => UNKNOWN
      """)
  void values(String condition, Condition.Truth expected) {
    char[] chars = condition.toCharArray();
    Tokens tokens = new Tokenizer(chars, 0, chars.length, Words.standard()).body().tokens();
    assertEquals(
        expected,
        Condition.evaluate(
            tokens,
            name ->
                switch (name) {
                  case "ZERO" -> Condition.Definition.ZERO;
                  case "ONE" -> Condition.Definition.ONE;
                  default -> Condition.Definition.UNKNOWN;
                }));
  }
}
