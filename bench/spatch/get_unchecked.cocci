// SPDX-License-Identifier: Apache-2.0
// symbol-get-unchecked: what symbol_get() gave is called on a way without a test for NULL.
@@
expression got;
identifier name;
@@
(
* got = symbol_get(name);
|
* got = symbol_request(name);
)
  ... when != got == NULL
      when != got != NULL
      when != IS_ERR_OR_NULL(got)
* got(...)
