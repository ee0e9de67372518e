// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators that take away what keeps an object alive. */
class MutantsOfPinTest {
  private static final String GUEST =
      """
      struct guest {
      	refcount_t users;
      	u64 offset;
      };

      struct guest *guest_get(struct guest *guest)
      {
      	refcount_inc(&guest->users);
      	return guest;
      }

      void guest_put(struct guest *guest)
      {
      	if (refcount_dec_and_test(&guest->users))
      		kfree(guest);
      }
      """;

  private static final String HOLDER =
      """
      struct group {
      	struct guest *guest;
      };

      struct holder {
      	struct guest *guest;
      	struct guest *borrowed;
      };

      static void holder_open(struct holder *holder, struct guest *guest)
      {
      	guest_get(guest);
      	holder->guest = guest;
      }

      static void holder_move(struct holder *holder, struct guest *guest)
      {
      	holder->guest = guest_get(guest);
      }

      void holder_enter(struct holder *holder, struct group *group)
      {
      	holder_open(holder, group->guest);
      }

      void holder_change(struct holder *holder, struct group *group)
      {
      	holder_move(holder, group->guest);
      }

      void holder_look(struct holder *holder, struct guest *guest)
      {
      	holder->borrowed = guest_get(guest);
      }

      void holder_close(struct holder *holder)
      {
      	guest_put(holder->guest);
      	holder->guest = NULL;
      }
      """;

  private static final String PANEL =
      """
      struct panel {
      	u32 width;
      	u32 lanes;
      };

      int panel_parse(struct device_node *parent, struct panel *panel)
      {
      	struct device_node *port;
      	u32 width;
      	int ret;

      	port = of_get_child_by_name(parent, "port");
      	if (!port)
      		return -ENODEV;

      	ret = of_property_read_u32(port, "width", &width);
      	if (ret) {
      		of_node_put(port);
      		return ret;
      	}

      	panel->width = width;
      	of_node_put(port);
      	return 0;
      }

      int panel_lanes(struct device_node *parent, struct panel *panel)
      {
      	struct device_node *child;
      	u32 lane;

      	for_each_child_of_node(parent, child) {
      		if (of_property_read_u32(child, "reg", &lane))
      			continue;
      		if (lane > 3) {
      			of_node_put(child);
      			return -EINVAL;
      		}
      		panel->lanes |= 1 << lane;
      	}
      	return 0;
      }
      """;

  private static final String CLIENTS =
      """
      struct client {
      	struct list_head node;
      	struct kref ref;
      	u32 id;
      };

      static LIST_HEAD(clients);
      static DEFINE_SPINLOCK(clients_lock);

      static void client_release(struct kref *ref)
      {
      	struct client *client = container_of(ref, struct client, ref);

      	spin_lock(&clients_lock);
      	list_del(&client->node);
      	spin_unlock(&clients_lock);
      	kfree(client);
      }

      void client_put(struct client *client)
      {
      	kref_put(&client->ref, client_release);
      }

      struct client *client_find(u32 id)
      {
      	struct client *client, *found = NULL;

      	spin_lock(&clients_lock);
      	list_for_each_entry(client, &clients, node) {
      		if (client->id == id && kref_get_unless_zero(&client->ref)) {
      			found = client;
      			break;
      		}
      	}
      	spin_unlock(&clients_lock);
      	return found;
      }

      bool client_touch(struct client *client)
      {
      	if (!kref_get_unless_zero(&client->ref))
      		return false;
      	client->id++;
      	client_put(client);
      	return true;
      }
      """;

  @TempDir Path tree = Path.of("");

  private Miniature miniature() throws Exception {
    return Miniature.in(
        tree, Map.of("guest.c", GUEST, "holder.c", HOLDER, "panel.c", PANEL, "clients.c", CLIENTS));
  }

  /** Nobody drops what is borrowed. */
  @Test
  void judgesEveryMutant() throws Exception {
    assertEquals(
        """
        drop-get holder_open KILLED pin-missing-reference (warning)
        drop-get holder_move KILLED pin-missing-reference (warning)
        drop-error-put panel_parse KILLED pin-leak (warning)
        drop-loop-put panel_lanes KILLED pin-leak (warning)
        get-plain client_find KILLED pin-get-from-zero (warning)
        ignore-try-get client_find KILLED_LATENT pin-get-from-zero (latent)
        ignore-try-get client_touch KILLED pin-get-from-zero (warning)
        """,
        miniature().judged("pin"));
  }

  @Test
  void everyMutantParses() throws Exception {
    miniature().checkThatAllParse();
  }
}
