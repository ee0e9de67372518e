// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators that move what ends an object under a lock, or make it wait there. */
class MutantsOfTeardownTest {
  private static final String HIVES =
      """
      struct hive {
      	struct list_head node;
      	refcount_t users;
      	struct mutex lock;
      	int bees;
      };

      static LIST_HEAD(hives);
      static DEFINE_MUTEX(hives_lock);
      static DEFINE_MUTEX(other_lock);
      static int hives_left;

      static void hive_destroy(struct hive *hive)
      {
      	mutex_lock(&hives_lock);
      	list_del(&hive->node);
      	mutex_unlock(&hives_lock);
      	kfree(hive);
      }

      void hive_put(struct hive *hive)
      {
      	if (refcount_dec_and_test(&hive->users))
      		hive_destroy(hive);
      }

      void hive_leave(struct hive *hive)
      {
      	mutex_lock(&hives_lock);
      	hives_left++;
      	mutex_unlock(&hives_lock);
      	hive_put(hive);
      }

      void hive_empty(struct hive *hive)
      {
      	mutex_lock(&hive->lock);
      	hive->bees = 0;
      	mutex_unlock(&hive->lock);
      	hive_put(hive);
      }

      void hive_forget(struct hive *hive)
      {
      	mutex_lock(&other_lock);
      	hives_left--;
      	mutex_unlock(&other_lock);
      	hive_put(hive);
      }
      """;

  private static final String PUMPS =
      """
      struct pump {
      	struct mutex lock;
      	struct mutex other;
      	struct delayed_work poll;
      	bool running;
      };

      static void pump_poll(struct work_struct *work)
      {
      	struct pump *pump = container_of(to_delayed_work(work), struct pump, poll);

      	mutex_lock(&pump->lock);
      	pump_measure(pump);
      	mutex_unlock(&pump->lock);
      }

      void pump_init(struct pump *pump)
      {
      	INIT_DELAYED_WORK(&pump->poll, pump_poll);
      }

      void pump_stop(struct pump *pump)
      {
      	mutex_lock(&pump->lock);
      	pump->running = false;
      	mutex_unlock(&pump->lock);
      	cancel_delayed_work_sync(&pump->poll);
      	mutex_lock(&pump->other);
      	pump_drain(pump);
      	mutex_unlock(&pump->other);
      }

      void pump_pause(struct pump *pump)
      {
      	mutex_lock(&pump->lock);
      	cancel_delayed_work(&pump->poll);
      	mutex_unlock(&pump->lock);
      }

      void pump_rest(struct pump *pump)
      {
      	mutex_lock(&pump->other);
      	cancel_delayed_work(&pump->poll);
      	mutex_unlock(&pump->other);
      }
      """;

  @TempDir Path tree = Path.of("");

  private Miniature miniature() throws Exception {
    return Miniature.in(tree, Map.of("hives.c", HIVES, "pumps.c", PUMPS));
  }

  @Test
  void judgesEveryMutant() throws Exception {
    assertEquals(
        """
        put-into-region hive_leave KILLED_LATENT final-put-under-lock (latent)
        put-into-region hive_empty KILLED_LATENT put-frees-held-lock (latent)
        put-under-lock hive_leave KILLED_LATENT final-put-under-lock (latent)
        put-under-lock hive_empty KILLED_LATENT final-put-under-lock (latent)
        put-under-lock hive_forget KILLED_LATENT final-put-under-lock (latent)
        cancel-waits pump_pause KILLED flush-under-lock (warning)
        wait-into-region pump_stop KILLED flush-under-lock (warning)
        wait-under-lock pump_stop KILLED flush-under-lock (warning)
        """,
        miniature().judged("teardown"));
  }

  @Test
  void everyMutantParses() throws Exception {
    miniature().checkThatAllParse();
  }
}
