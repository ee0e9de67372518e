// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators of waits. */
class MutantsOfWaitTest {
  private static final String GROUPS =
      """
      struct file_operations {
      	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
      	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *pos);
      };

      struct group {
      	wait_queue_head_t join_wait;
      	wait_queue_head_t leave_wait;
      	bool answered;
      	bool left;
      };

      long group_join(struct group *g)
      {
      	long left;

      	left = wait_event_timeout(g->join_wait,
      				  READ_ONCE(g->answered),
      				  30 * HZ);
      	return left ? 0 : -ETIMEDOUT;
      }

      int group_rejoin(struct group *g)
      {
      	if (wait_event_killable(g->join_wait, READ_ONCE(g->answered)))
      		return -EINTR;
      	return 0;
      }

      int group_leave(struct group *g)
      {
      	wait_event_timeout(g->leave_wait, READ_ONCE(g->left), HZ);
      	return 0;
      }

      static ssize_t group_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
      {
      	struct group *g = file->private_data;

      	WRITE_ONCE(g->answered, true);
      	wake_up(&g->join_wait);
      	return count;
      }

      const struct file_operations group_fops = {
      	.write = group_write,
      };

      static irqreturn_t group_interrupt(int irq, void *data)
      {
      	struct group *g = data;

      	g->left = true;
      	wake_up(&g->leave_wait);
      	return IRQ_HANDLED;
      }

      int group_setup(struct group *g, int irq)
      {
      	return request_irq(irq, group_interrupt, 0, "group", g);
      }
      """;

  private static final String PROBES =
      """
      struct file_operations {
      	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
      };

      struct platform_driver {
      	int (*probe)(struct platform_device *pdev);
      };

      struct probe {
      	struct completion calibrated;
      	struct completion again;
      	wait_queue_head_t wait;
      	unsigned int filled;
      };

      static ssize_t probe_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
      {
      	struct probe *probe = file->private_data;

      	wait_for_completion(&probe->calibrated);
      	wait_for_completion(&probe->again);
      	wait_event(probe->wait, READ_ONCE(probe->filled));
      	return probe_sample(probe, buf, count);
      }

      const struct file_operations probe_fops = {
      	.read = probe_read,
      };

      void probe_fill(struct probe *probe)
      {
      	do {
      		wait_event(probe->wait, READ_ONCE(probe->filled));
      	} while (probe_more(probe));
      }

      static int probe_probe(struct platform_device *pdev)
      {
      	struct probe *probe = platform_get_drvdata(pdev);

      	init_completion(&probe->calibrated);
      	probe_register(probe);
      	complete_all(&probe->calibrated);
      	complete_all(&probe->again);
      	return 0;
      }

      void probe_restart(struct probe *probe)
      {
      	reinit_completion(&probe->again);
      }

      static struct platform_driver probe_driver = {
      	.probe = probe_probe,
      };
      """;

  @TempDir Path tree = Path.of("");

  private Miniature miniature() throws Exception {
    return Miniature.in(tree, Map.of("groups.c", GROUPS, "probes.c", PROBES));
  }

  /**
   * A queue that an interrupt wakes is up to nobody; a completion made new may be completed once.
   */
  @Test
  void judgesEveryMutant() throws Exception {
    assertEquals(
        """
        drop-timeout group_join KILLED wait-for-userspace (warning)
        ignore-signals group_rejoin KILLED wait-for-userspace (warning)
        complete-one probe_probe KILLED wait-one-shot-wake (warning)
        sleep-once probe_read KILLED wait-unchecked-condition (warning)
        """,
        miniature().judged("wait"));
  }

  @Test
  void everyMutantParses() throws Exception {
    miniature().checkThatAllParse();
  }
}
