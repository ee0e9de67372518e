// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.rules.mutants.operator.Mutant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators and what is said of their mutants, on a tree of few files. */
class MiniatureTest {
  private static final String PORTS =
      """
      struct limit {
      	struct rcu_head rcu;
      	int rate;
      };

      struct hub {
      	struct limit __rcu *limit;
      };

      struct port {
      	struct list_head node;
      	struct list_head quiet;
      	struct rcu_head rcu;
      	int id;
      };

      static LIST_HEAD(ports);
      static LIST_HEAD(quiet_ports);
      static DEFINE_MUTEX(ports_lock);

      int port_exists(int id)
      {
      	struct port *p;
      	int found = 0;

      	rcu_read_lock();
      	list_for_each_entry_rcu(p, &ports, node)
      		found |= p->id == id;
      	rcu_read_unlock();
      	return found;
      }

      int port_is_quiet(int id)
      {
      	struct port *p;
      	int found = 0;

      	mutex_lock(&ports_lock);
      	list_for_each_entry(p, &quiet_ports, quiet)
      		found |= p->id == id;
      	mutex_unlock(&ports_lock);
      	return found;
      }

      void port_add(struct port *p)
      {
      	mutex_lock(&ports_lock);
      	list_add_tail_rcu(&p->node, &ports);
      	mutex_unlock(&ports_lock);
      }

      void port_remove(struct port *p)
      {
      	mutex_lock(&ports_lock);
      	list_del_rcu(&p->node);
      	mutex_unlock(&ports_lock);
      	synchronize_rcu();
      	kfree(p);
      }

      void port_forget(struct port *p)
      {
      	mutex_lock(&ports_lock);
      	list_del_rcu(&p->node);
      	mutex_unlock(&ports_lock);
      	kfree_rcu(p, rcu);
      }

      int limit_get(struct hub *h)
      {
      	struct limit *l;
      	int rate = 0;

      	rcu_read_lock();
      	l = rcu_dereference(h->limit);
      	if (l)
      		rate = l->rate;
      	rcu_read_unlock();
      	return rate;
      }

      void limit_drop(struct hub *h)
      {
      	struct limit *l = rcu_replace_pointer(h->limit, NULL, 1);

      	kfree_rcu(l, rcu);
      }

      void port_wake(struct port *p)
      {
      	mutex_lock(&ports_lock);
      	list_del_rcu(&p->quiet);
      	mutex_unlock(&ports_lock);
      }
      """;

  private static final String LENS =
      """
      int lens_focus(int position)
      {
      	return position;
      }
      EXPORT_SYMBOL_GPL(lens_focus);
      """;

  private static final String CAMERA =
      """
      int camera_focus(int position)
      {
      	int (*fn)(int position) = symbol_get(lens_focus);
      	int ret;

      	if (!fn)
      		return -ENODEV;
      	ret = fn(position);
      	symbol_put(lens_focus);
      	return ret;
      }

      int camera_twice(int position)
      {
      	int (*fn)(int position) = symbol_get(lens_focus);

      	if (!fn)
      		pr_warn("no lens");
      	if (!fn)
      		return -ENODEV;
      	fn(position);
      	symbol_put(lens_focus);
      	return 0;
      }

      int camera_other(void)
      {
      	int (*fn)(int position);

      	fn = symbol_get(flash_fire);
      	if (fn) {
      		fn(1);
      		symbol_put(flash_fire);
      	}
      	return 0;
      }
      """;

  private static final String PUMPS =
      """
      struct pump {
      	struct list_head node;
      	refcount_t users;
      	struct mutex lock;
      	struct work_struct work;
      };

      static LIST_HEAD(pumps);
      static DEFINE_MUTEX(pumps_lock);

      static void pump_work(struct work_struct *work)
      {
      	struct pump *pump = container_of(work, struct pump, work);

      	mutex_lock(&pump->lock);
      	pump_turn(pump);
      	mutex_unlock(&pump->lock);
      }

      void pump_start(struct pump *pump)
      {
      	INIT_WORK(&pump->work, pump_work);
      	schedule_work(&pump->work);
      }

      void pump_stop(struct pump *pump)
      {
      	cancel_work_sync(&pump->work);
      }

      static void pump_free(struct pump *pump)
      {
      	mutex_lock(&pumps_lock);
      	list_del(&pump->node);
      	mutex_unlock(&pumps_lock);
      	kfree(pump);
      }

      bool pump_get(struct pump *pump)
      {
      	return refcount_inc_not_zero(&pump->users);
      }

      void pump_put(struct pump *pump)
      {
      	if (refcount_dec_and_test(&pump->users))
      		pump_free(pump);
      }

      int pump_try(struct pump *pump)
      {
      	if (!pump_get(pump))
      		return -ENOENT;
      	pump_turn(pump);
      	pump_put(pump);
      	return 0;
      }
      """;

  @TempDir Path tree = Path.of("");

  private Miniature miniature() throws Exception {
    return Miniature.in(
        tree, Map.of("ports.c", PORTS, "camera.c", CAMERA, "lens.c", LENS, "pumps.c", PUMPS));
  }

  @Test
  void judgesEveryMutant() throws Exception {
    assertEquals(
        """
        delete-init port_remove KILLED rcu-list-delete-init (warning)
        delete-init port_forget KILLED rcu-list-delete-init (warning)
        delete-init port_wake EQUIVALENT no lockless reader of the field
        delete-plain port_remove KILLED rcu-list-plain-delete (warning)
        delete-plain port_forget KILLED rcu-list-plain-delete (warning)
        delete-plain port_wake EQUIVALENT no lockless reader of the field
        drop-grace-period port_remove KILLED rcu-free-without-grace-period (warning)
        drop-section port_exists KILLED_LATENT rcu-read-outside-section (latent)
        free-plain port_forget KILLED rcu-free-without-grace-period (warning)
        free-plain limit_drop KILLED_LATENT rcu-pointer-free-without-grace-period (latent)
        insert-plain port_add KILLED rcu-list-plain-insert (warning)
        drop-check camera_focus KILLED symbol-get-unchecked (warning)
        drop-check camera_twice EQUIVALENT the pointer is tested again, or set anew, before anything behind the test uses it
        drop-check camera_twice KILLED symbol-get-unchecked (warning)
        drop-check camera_other KILLED symbol-get-unchecked (warning)
        drop-put camera_focus KILLED symbol-get-leak (warning)
        drop-put camera_twice KILLED symbol-get-leak (warning)
        drop-put camera_other KILLED symbol-get-leak (warning)
        swap-put camera_focus KILLED symbol-get-leak (warning)
        swap-put camera_twice KILLED symbol-get-leak (warning)
        swap-put camera_other KILLED symbol-get-leak (warning)
        use-after-put camera_focus KILLED symbol-use-after-put (warning)
        use-after-put camera_twice KILLED symbol-use-after-put (warning)
        use-after-put camera_other KILLED symbol-use-after-put (warning)
        put-under-lock pump_try KILLED final-put-under-lock (warning)
        wait-under-lock pump_stop KILLED flush-under-lock (warning)
        """,
        miniature().judged("rcu", "symbol", "teardown"));
  }

  @Test
  void everyMutantParses() throws Exception {
    miniature().checkThatAllParse();
  }

  @Test
  void aSampleIsTheSameForTheSameSeed() throws Exception {
    Miniature miniature = miniature();
    assertEquals(miniature.mutants(), miniature.mutants());
  }

  @Test
  void whatWasTriedIsNotTriedAgain() throws Exception {
    Miniature miniature = miniature();
    List<Mutant> mutants = miniature.mutants();
    List<Outcome> half = miniature.outcomes(mutants.subList(0, mutants.size() / 2));
    Path rows = tree.resolve("rows.tsv");
    Files.write(rows, half.stream().map(Outcome::row).toList());
    Rows earlier = Rows.read(rows);
    assertEquals(
        half.stream().map(Outcome::row).toList(),
        earlier.outcomes().stream().map(Outcome::row).toList());
    assertEquals(mutants.subList(mutants.size() / 2, mutants.size()), earlier.without(mutants));
  }
}
