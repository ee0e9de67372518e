// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pinion atlas} on a miniature kernel. */
class AtlasTest {
  @TempDir private Path temp;

  private Cli cli() throws IOException {
    Cli cli =
        new Cli(
            Files.createDirectories(temp.resolve("tree")).toRealPath(),
            Files.createDirectories(temp.resolve("c")));
    cli.write("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 7\n");
    cli.write("Kbuild", "obj-y += virt/ drivers/\n");
    cli.write("virt/Makefile", "obj-$(CONFIG_GUEST) += guest.o\nguest-y := main.o\n");
    cli.write("virt/Kconfig", "config GUEST\n\ttristate \"Guests\"\n");
    cli.write("drivers/Makefile", "obj-m += card.o\n");
    cli.write(
        "include/linux/guest.h",
        """
        struct device_ops {
        	void (*release)(struct device *dev);
        };
        struct device {
        	struct list_head node;
        	const struct device_ops *ops;
        };
        struct guest {
        	refcount_t users;
        	struct mutex lock;
        	struct list_head devices;
        };
        """);
    cli.write(
        "virt/main.c",
        """
        #include <linux/guest.h>

        void guest_add(struct guest *guest, struct device *dev)
        {
        	mutex_lock(&guest->lock);
        	list_add_tail_rcu(&dev->node, &guest->devices);
        	mutex_unlock(&guest->lock);
        }
        EXPORT_SYMBOL_GPL(guest_add);

        void guest_remove(struct guest *guest, struct device *dev)
        {
        	mutex_lock(&guest->lock);
        	list_del_rcu(&dev->node);
        	mutex_unlock(&guest->lock);
        	synchronize_rcu();
        	dev->ops->release(dev);
        }

        static int guest_count(struct guest *guest)
        {
        	struct device *dev;
        	int n = 0;

        	rcu_read_lock();
        	list_for_each_entry_rcu(dev, &guest->devices, node)
        		n += one(dev);
        	rcu_read_unlock();
        	return n;
        }

        static void guest_destroy(struct guest *guest)
        {
        	struct device *dev, *next;

        	list_for_each_entry_safe(dev, next, &guest->devices, node)
        		list_del(&dev->node);
        	kfree(guest);
        }

        void guest_get(struct guest *guest)
        {
        	refcount_inc(&guest->users);
        }

        void guest_put(struct guest *guest)
        {
        	if (refcount_dec_and_test(&guest->users))
        		guest_destroy(guest);
        }
        EXPORT_SYMBOL_NS_GPL(guest_put, GUESTS);
        """);
    cli.write(
        "drivers/card.c",
        """
        #include <linux/guest.h>

        static void card_release(struct device *dev)
        {
        	kfree(dev);
        }

        static const struct device_ops card_ops = {
        	.release = card_release,
        };

        static void card_work(struct work_struct *work)
        {
        	guest_put(to_guest(work));
        }

        int card_probe(struct card *card)
        {
        	INIT_WORK(&card->work, card_work);
        	return 0;
        }
        """);
    return cli;
  }

  @ParameterizedTest
  @CsvSource({
    "field, device.node",
    "calls, guest_put",
    "calls, device_ops.release",
    "calls, card_work",
    "module, virt/main.c",
    "module, guest_put",
    "counted, guest",
    "locks, guest_destroy"
  })
  void answersAsTextAndAsJson(String noun, String name) throws IOException {
    Cli cli = cli();
    String file = noun + "-" + name.replaceAll("[^a-z_]", "-");
    Golden.check("atlas/" + file + ".text", cli.run("atlas", noun, name).is(0).out());
    String json = cli.run("atlas", noun, name, "--format", "json").is(0).out();
    Golden.check("atlas/" + file + ".json", json.replace(cli.folder().toString(), "/tree"));
    String again = cli.run("atlas", noun, name, "--format", "json", "--jobs", "1").is(0).out();
    assertEquals(json, again);
  }

  @Test
  void jsonSaysWhatWasAskedOfWhichTree() throws IOException {
    String text = cli().run("atlas", "counted", "guest", "--format", "json").is(0).out();
    JsonObject document = JsonParser.parseString(text).getAsJsonObject();
    assertEquals("6.12.7", document.getAsJsonObject("tree").get("kernelVersion").getAsString());
    assertEquals("counted", document.getAsJsonObject("question").get("noun").getAsString());
    JsonArray counters =
        document.getAsJsonArray("answers").get(0).getAsJsonObject().getAsJsonArray("counters");
    assertEquals("users", counters.get(0).getAsJsonObject().get("path").getAsString());
  }

  @Test
  void aTreeCanBeNamedOrAFolderInside() throws IOException {
    Cli cli = cli();
    Cli elsewhere = new Cli(temp.resolve("c"), temp.resolve("c"));
    String named = cli.folder().toString();
    String text = elsewhere.run("atlas", "module", "guest_add", "--tree", named).is(0).out();
    assertTrue(text.contains(named + "/virt/Makefile:1"), text);
    Cli inside = new Cli(cli.folder().resolve("virt"), temp.resolve("c"));
    assertTrue(inside.run("atlas", "module", "main.c").is(0).out().contains("guest  module"));
  }

  @Test
  void unknownNamesAreOneLineWithNearOnes() throws IOException {
    Cli cli = cli();
    cli.run("atlas", "field", "device.nod").isUnusable("no member 'nod'", "device.node");
    cli.run("atlas", "calls", "guest_putt").isUnusable("no function 'guest_putt'", "guest_put");
    cli.run("atlas", "locks", "guest_get_").isUnusable("no function", "guest_get");
    cli.run("atlas", "counted", "gest").isUnusable("no struct 'gest'", "guest");
    cli.run("atlas", "module", "guest_ad").isUnusable("symbol 'guest_ad'", "guest_add");
    cli.run("atlas", "module", "net/main.c").isUnusable("no file", "virt/main.c");
    cli.run("atlas", "field", "device").isUnusable("'device' is not STRUCT.FIELD");
  }

  @Test
  void nounsAndOptionsAreChecked() throws IOException {
    Cli cli = cli();
    cli.run("atlas", "fields", "device.node").isUnusable("fields");
    cli.run("atlas", "field").isUnusable("STRUCT.FIELD");
    cli.run("atlas", "field", "device.node", "--format", "xml").isUnusable("xml", "text, json");
    assertTrue(cli.run("atlas").is(0).out().contains("Usage: pinion atlas"));
  }

  @Test
  void completionKnowsTheNouns() throws IOException {
    String script = cli().run("completion").is(0).out();
    for (String noun : List.of("field", "calls", "module", "counted", "locks")) {
      assertTrue(script.contains("_picocli_pinion_atlas_" + noun), noun);
    }
  }

  @Test
  void rowsOfTheTreeSayHowItsStructsAreCounted() throws IOException {
    Cli cli = cli();
    cli.write(".pinion/counted.rows", "# ours\nguest_add  get  of=guest arg=0 counter=users\n");
    String text = cli.run("atlas", "counted", "guest").is(0).out();
    assertTrue(text.contains("get      guest_add()"), text);
    cli.write(".pinion/counted.rows", "\nguest_add takes of=guest\n");
    cli.run("atlas", "counted", "guest")
        .isUnusable(".pinion/counted.rows:2: 'takes' where one of", "after 'guest_add'");
    cli.run("scan").isUnusable(".pinion/counted.rows:2");
  }
}
