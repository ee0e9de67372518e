// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import org.eclipse.cdt.core.parser.IParserLogService;

/** CDT wants a log; problems are results here, so nothing is logged. */
final class SilentLog implements IParserLogService {
  @Override
  public void traceLog(String message) {}

  @Override
  public boolean isTracing() {
    return false;
  }
}
