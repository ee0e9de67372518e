// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** Between the protocol's URIs and paths. */
final class Uris {
  private Uris() {}

  /** The path of a {@code file:} URI, absolute and normal; empty for all else. */
  static Optional<Path> path(String uri) {
    try {
      URI parsed = new URI(uri);
      if (!"file".equalsIgnoreCase(parsed.getScheme()) || parsed.getPath() == null) {
        return Optional.empty();
      }
      // Without authority and query, which Path.of refuses.
      URI plain = new URI("file", null, parsed.getPath(), null);
      return Optional.of(Path.of(plain).toAbsolutePath().normalize());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** {@code file:///…}, without a slash at the end even for a folder. */
  static String of(Path path) {
    String uri = path.toUri().toString();
    return uri.endsWith("/") && path.getNameCount() > 0 ? uri.substring(0, uri.length() - 1) : uri;
  }
}
