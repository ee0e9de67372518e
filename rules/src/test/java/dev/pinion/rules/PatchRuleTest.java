// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.engine.SeriesCheck;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.Change;
import dev.pinion.analyzer.source.History;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules about changes say of changes, and what they keep silent about. */
class PatchRuleTest {
  private static final String HEADER =
      """
      struct port { struct list_head node; struct port *twin; int id; };
      struct hub { struct mutex lock; struct list_head ports; struct list_head idle; };
      """;

  private static final String READER =
      """
      #include "hub.h"
      bool has(struct hub *hub, int id)
      {
      	struct port *port;
      	bool found = false;

      	rcu_read_lock();
      	list_for_each_entry_rcu(port, &hub->ports, node)
      		if (port->id == id)
      			found = true;
      	rcu_read_unlock();
      	return found;
      }
      EXPORT_SYMBOL_GPL(has);
      """;

  private static String add(String function, String call) {
    return """
        #include "hub.h"
        void %s(struct hub *hub, struct port *port)
        {
        	mutex_lock(&hub->lock);
        	%s;
        	mutex_unlock(&hub->lock);
        }
        EXPORT_SYMBOL_GPL(%s);
        """
        .formatted(function, call, function);
  }

  private static final String TAKER =
      """
      struct guest;
      void guest_put(struct guest *guest);
      struct slot { struct guest *guest; void (*put)(struct guest *guest); };
      static struct slot slot;
      void fill_slot(void)
      {
      	slot.put = symbol_get(guest_put);
      }
      void empty_slot(void)
      {
      	if (slot.put) {
      		slot.put(slot.guest);
      		symbol_put(guest_put);
      	}
      }
      """;

  private static final String HANDED =
      TAKER
          .replace("void fill_slot(void)", "void fill_slot(void (*put)(struct guest *guest))")
          .replace("symbol_get(guest_put)", "put")
          .replace("\t\tsymbol_put(guest_put);\n", "");

  private static final String GUEST =
      """
      struct guest { int users; };
      void fill_slot(void (*put)(struct guest *guest));
      void guest_put(struct guest *guest)
      {
      	guest->users--;
      }
      EXPORT_SYMBOL_GPL(guest_put);
      void hand_over(void)
      {
      	fill_slot(guest_put);
      }
      """;

  @TempDir private Path temp;

  /** States of a tree, each given by the files that differ from the one before. */
  private final class States implements History {
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, SourceTree> trees = new HashMap<>();

    @SafeVarargs
    States(Map<String, String>... states) throws Exception {
      Files.writeString(temp.resolve("Makefile"), "obj-y += hub.o\n");
      SourceTree empty = WorkTree.open(temp.toRealPath());
      Map<String, Optional<byte[]>> files = new HashMap<>();
      for (int i = 0; i < states.length; i++) {
        states[i].forEach(
            (path, text) -> files.put(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
        trees.put("" + i, Overlay.patched(empty, files));
        if (i > 0) {
          changes.add(
              new Change("" + i, i + "/" + (states.length - 1), "t", List.of("" + (i - 1))));
        }
      }
    }

    @Override
    public List<Change> changes() {
      return List.copyOf(changes);
    }

    @Override
    public SourceTree tree(String id) {
      return Optional.ofNullable(trees.get(id)).orElseThrow();
    }
  }

  @SafeVarargs
  private String check(String rule, Map<String, String>... states) throws Exception {
    RuleSet rules = RuleSet.load();
    try (Engine engine = new Engine(rules.rules(), FactStore.none(), 1)) {
      Series series =
          new SeriesCheck(
                  engine,
                  rules.patchRules(),
                  new States(states),
                  new ScanRequest(List.of(), List.of(rule)),
                  Progress.NONE,
                  () -> false)
              .check(Series.Listener.NONE);
      assertEquals(List.of(), series.failures());
      return series.events().stream().map(PatchRuleTest::line).collect(Collectors.joining("; "));
    }
  }

  private static String line(Series.Event event) {
    var finding = event.finding().finding();
    return "%s %s:%d%s%s"
        .formatted(
            finding.tier().label(),
            finding.location().file(),
            finding.location().line(),
            event.introducedBy().map(c -> " in " + c.name()).orElse(""),
            event.curedBy().map(c -> " cured in " + c.name()).orElse(""));
  }

  private static Map<String, String> hub(String... files) {
    Map<String, String> all = new HashMap<>(Map.of("hub.h", HEADER, "reader.c", READER));
    for (int i = 0; i < files.length; i += 2) {
      all.put(files[i], files[i + 1]);
    }
    return all;
  }

  @Test
  void anUpdateLeftPlainIsReportedUntilItIsConverted() throws Exception {
    String plain = "list_replace(&port->node, &port->twin->node)";
    String rcu = "list_replace_rcu(&port->node, &port->twin->node)";
    Map<String, String> base = hub("a.c", add("add", plain), "b.c", add("again", plain));
    Map<String, String> half = Map.of("a.c", add("add", rcu));
    assertEquals("warning b.c:5 in 1/1", check("rcu-half-conversion", base, half));
    assertEquals(
        "warning b.c:5 in 1/3 cured in 3/3",
        check(
            "rcu-half-conversion",
            base,
            half,
            Map.of("a.c", "/* moved down */\n" + add("add", rcu)),
            Map.of("b.c", add("again", rcu))));
    assertEquals(
        "",
        check(
            "rcu-half-conversion", base, Map.of("a.c", add("add", rcu), "b.c", add("again", rcu))));
  }

  @Test
  void anotherListIsNotHalfOfThisOne() throws Exception {
    String rcu = "list_add_rcu(&port->node, &hub->ports)";
    assertEquals(
        "",
        check(
            "rcu-half-conversion",
            hub(
                "a.c", add("add", "list_add(&port->node, &hub->ports)"),
                "b.c", add("park", "list_add(&port->node, &hub->idle)")),
            Map.of("a.c", add("add", rcu))));
  }

  @Test
  void withoutLocklessReadersItIsLatent() throws Exception {
    String plain = "list_add(&port->node, &hub->ports)";
    assertEquals(
        "latent b.c:5 in 1/1",
        check(
            "rcu-half-conversion",
            hub("reader.c", "", "a.c", add("add", plain), "b.c", add("again", plain)),
            Map.of("a.c", add("add", "list_add_rcu(&port->node, &hub->ports)"))));
  }

  @Test
  void whatAnotherRuleSaysIsNotSaidTwice() throws Exception {
    Map<String, String> base =
        hub(
            "a.c", add("add", "list_add(&port->node, &hub->ports)"),
            "b.c", add("drop", "list_del(&port->node)"));
    Map<String, String> half = Map.of("a.c", add("add", "list_add_rcu(&port->node, &hub->ports)"));
    assertEquals("", check("rcu-half-conversion", base, half));
  }

  private static Map<String, String> modules(String guest, String device) {
    return Map.of(
        "Makefile",
        "obj-$(CONFIG_GUEST) += guest.o\nobj-$(CONFIG_DEVICE) += device.o\n",
        "Kconfig",
        "config GUEST\n\t" + guest + " \"g\"\nconfig DEVICE\n\ttristate \"d\"\n",
        "guest.c",
        GUEST,
        "device.c",
        device);
  }

  @Test
  void aLostPinIsReportedWhereTheCallIsLeft() throws Exception {
    assertEquals(
        "warning device.c:12 in 1/1",
        check("pin-lost", modules("tristate", TAKER), Map.of("device.c", HANDED)));
  }

  @Test
  void noPinIsLostWhereTheProviderIsBuiltInOrAnotherIsLeft() throws Exception {
    assertEquals("", check("pin-lost", modules("bool", TAKER), Map.of("device.c", HANDED)));
    String other = "void guest_put(void);\nvoid keep(void)\n{\n\tsymbol_get(guest_put);\n}\n";
    assertEquals(
        "",
        check("pin-lost", modules("tristate", TAKER + other), Map.of("device.c", HANDED + other)));
    assertEquals(
        "",
        check(
            "pin-lost",
            modules("tristate", TAKER),
            Map.of("device.c", "void other(void)\n{\n}\n")));
  }
}
