// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All rows. A name may stand in several families ({@code rtnl_dereference} fetches a pointer and
 * asserts a lock), but once in each.
 */
public final class KernelModel {
  private static final String COUNTED = "counted";

  private static final List<String> FAMILIES =
      List.of(
          "list",
          "lock",
          "rcu",
          "object",
          "export",
          "context",
          "execution",
          "blocking",
          "counter",
          "driver",
          "drain",
          "wait",
          "entry",
          "reference",
          COUNTED);

  private final Map<String, Map<String, Api>> byFamily;

  /** The same for look-ups; every callee of a tree is looked up in most families. */
  private final Map<String, Map<String, Api>> hashed = new HashMap<>();

  /** The names of all rows. */
  private final Set<String> names = new HashSet<>();

  private KernelModel(Map<String, Map<String, Api>> byFamily) {
    this.byFamily = byFamily;
    byFamily.forEach((family, rows) -> hashed.put(family, new HashMap<>(rows)));
    byFamily.values().forEach(rows -> names.addAll(rows.keySet()));
  }

  /** The model that comes with the analyzer. */
  public static KernelModel load() {
    Map<String, Map<String, Api>> all = new HashMap<>();
    for (String family : FAMILIES) {
      all.put(family, parse(family, resource(family + ".rows")));
    }
    return new KernelModel(all);
  }

  /**
   * This model with a tree's own rows on how structs are counted. They replace those of the same
   * function.
   *
   * @throws RowException if a line is no such row; nothing is taken over then
   */
  public KernelModel withCounted(List<String> lines) throws RowException {
    Map<String, Map<String, Api>> all = new HashMap<>(byFamily);
    Map<String, Api> rows = new TreeMap<>(byFamily.getOrDefault(COUNTED, Map.of()));
    rows.putAll(CountedRows.parse(COUNTED, lines));
    all.put(COUNTED, rows);
    return new KernelModel(all);
  }

  /**
   * Whether any family has a row of that name. Few callees of a tree have one: this spares the
   * others a look-up in each family.
   */
  public boolean knows(String name) {
    return names.contains(name);
  }

  /** The row of that name in that family. */
  public Optional<Api> find(String family, String name) {
    return Optional.ofNullable(hashed.getOrDefault(family, Map.of()).get(name));
  }

  /** Whether a call of that name, in that family, does one of these operations. */
  public boolean does(String name, String family, String... operations) {
    Api api = hashed.getOrDefault(family, Map.of()).get(name);
    return api != null && api.does(family, operations);
  }

  /** All rows of a family, by name. */
  public Iterable<Api> family(String family) {
    return byFamily.getOrDefault(family, Map.of()).values();
  }

  static Map<String, Api> parse(String family, List<String> lines) {
    Map<String, Api> rows = new TreeMap<>();
    for (String line : lines) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Api api = row(family, text.split("\\s+"));
      if (rows.put(api.name(), api) != null) {
        throw new IllegalStateException(family + ".rows: two rows for " + api.name());
      }
    }
    return rows;
  }

  static Api row(String family, String[] words) {
    if (words.length < 2) {
      throw new IllegalStateException(family + ".rows: no operation for " + words[0]);
    }
    Set<String> flags = new LinkedHashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        flags.add(words[i]);
        continue;
      }
      String key = words[i].substring(0, equals);
      String value = words[i].substring(equals + 1);
      if (value.chars().allMatch(Character::isDigit)) {
        numbers.put(key, Integer.parseInt(value));
      } else {
        texts.put(key, value);
      }
    }
    return new Api(words[0], family, words[1], flags, numbers, texts);
  }

  private static List<String> resource(String name) {
    try (InputStream in = KernelModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
