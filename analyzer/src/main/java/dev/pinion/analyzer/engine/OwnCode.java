// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which build of our code a class is from; asked once for each jar or folder. */
final class OwnCode {
  private final Map<String, String> builds = new ConcurrentHashMap<>();

  String of(Class<?> type) {
    return builds.computeIfAbsent(
        type.getProtectionDomain().getCodeSource().getLocation().toString(),
        place -> CodeChecksum.of(type, name -> true));
  }
}
