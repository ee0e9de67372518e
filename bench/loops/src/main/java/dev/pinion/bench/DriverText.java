// SPDX-License-Identifier: Apache-2.0
package dev.pinion.bench;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes C in the shape of a kernel driver: the same text for the same seed. Comments,
 * conditionals, macros of its own, lists under locks and RCU, ways out by {@code goto}, a switch, a
 * table of operations and exports are there in about the proportions of real ones.
 */
final class DriverText {
  private static final List<String> NOUNS =
      List.of(
          "gate", "relay", "port", "queue", "lane", "frame", "slot", "timer", "filter", "meter");

  private static final String HEAD =
      """
      // SPDX-License-Identifier: GPL-2.0
      /*
       * @N@ driver number @S@: keeps a list of @M@ objects that readers walk without a lock, and
       * programs the hardware behind them.
       */
      #include <linux/module.h>
      #include <linux/rculist.h>
      #include <linux/slab.h>
      #include "@N@_internal.h"

      #define @U@_REG_CTRL\t\t0x0010
      #define @U@_REG_STATUS\t\t0x0014
      #define @U@_CTRL_ENABLE\t\tBIT(0)
      #define @U@_CTRL_MODE(x)\t(((x) & 0x7) << 4)
      #define to_@N@(d)\t\tcontainer_of(d, struct @N@_device, dev)
      #define @N@_write(gd, reg, value) \\
      \twritel((value), (gd)->base + (reg))

      struct @N@_@M@ {
      \tstruct list_head node;
      \tstruct rcu_head rcu;
      \tstruct @N@_device *owner;
      \tatomic_t users;
      \tunsigned int number : 8;
      \tu32 flags;
      \tint (*notify)(struct @N@_@M@ *m, unsigned long event, void *data);
      };

      static LIST_HEAD(@N@_all);
      static DEFINE_MUTEX(@N@_lock);
      static unsigned int debug;
      module_param(debug, uint, 0644);
      MODULE_PARM_DESC(debug, "how much to say");
      """;

  private static final List<String> FUNCTIONS =
      List.of(
          """

          static struct @N@_@M@ *@N@_find_@I@(struct @N@_device *gd, u8 number)
          {
          \tstruct @N@_@M@ *m;

          \tlist_for_each_entry_rcu(m, &gd->all, node) {
          \t\tif (m->number == number && atomic_inc_not_zero(&m->users))
          \t\t\treturn m;
          \t}
          \treturn NULL;
          }
          """,
          """

          /* Adds one; the caller has checked that the number is free. */
          static int @N@_add_@I@(struct @N@_device *gd, u8 number, gfp_t flags)
          {
          \tstruct @N@_@M@ *m = kzalloc(sizeof(*m), flags);
          \tint err = 0;

          \tif (!m)
          \t\treturn -ENOMEM;
          \tm->number = number;
          \tm->owner = gd;
          \tatomic_set(&m->users, 1);
          \tspin_lock_bh(&gd->lock);
          \tif (gd->count >= @C@) {
          \t\terr = -EBUSY;
          \t\tgoto out_unlock;
          \t}
          \tgd->count++;
          \tlist_add_tail_rcu(&m->node, &gd->all);
          \tspin_unlock_bh(&gd->lock);
          \tdev_dbg(&gd->dev, "%s: number %u of %u\\n", __func__, number, gd->count);
          \treturn 0;

          out_unlock:
          \tspin_unlock_bh(&gd->lock);
          \tkfree(m);
          \treturn err;
          }
          """,
          """

          static void @N@_remove_@I@(struct @N@_device *gd, struct @N@_@M@ *m)
          {
          \tlockdep_assert_held(&@N@_lock);
          \tif (WARN_ON_ONCE(m->owner != gd))
          \t\treturn;
          \tspin_lock_bh(&gd->lock);
          \tlist_del_rcu(&m->node);
          \tgd->count--;
          \tspin_unlock_bh(&gd->lock);
          \tkfree_rcu(m, rcu);
          }
          """,
          """

          static irqreturn_t @N@_irq_@I@(int irq, void *data)
          {
          \tstruct @N@_device *gd = data;
          \tu32 status = readl(gd->base + @U@_REG_STATUS);
          \tunsigned long flags;
          \tint i;

          \tif (!(status & gd->mask))
          \t\treturn IRQ_NONE;
          \tspin_lock_irqsave(&gd->irq_lock, flags);
          \tfor (i = 0; i < ARRAY_SIZE(gd->lanes); i++) {
          \t\tif (!(status & (1u << i)))
          \t\t\tcontinue;
          \t\tgd->lanes[i].events += (status >> 16) & 0xff;
          \t\twake_up(&gd->lanes[i].wait);
          \t}
          \t@N@_write(gd, @U@_REG_CTRL, @U@_CTRL_ENABLE | @U@_CTRL_MODE(@C@));
          \tspin_unlock_irqrestore(&gd->irq_lock, flags);
          \treturn IRQ_HANDLED;
          }
          """,
          """

          static long @N@_ioctl_@I@(struct file *file, unsigned int cmd, unsigned long arg)
          {
          \tstruct @N@_device *gd = file->private_data;
          \tstruct @N@_request request;
          \tlong ret;

          \tif (copy_from_user(&request, (void __user *)arg, sizeof(request)))
          \t\treturn -EFAULT;
          \tmutex_lock(&@N@_lock);
          \tswitch (cmd) {
          \tcase @U@_IOC_ENABLE:
          \t\tret = @N@_enable(gd, request.value ? @U@_CTRL_ENABLE : 0);
          \t\tbreak;
          \tcase @U@_IOC_MODE:
          \t\tif (request.value > 7) {
          \t\t\tret = -EINVAL;
          \t\t\tbreak;
          \t\t}
          \t\tret = gd->ops->set_mode(gd, request.value);
          \t\tbreak;
          \tdefault:
          \t\tret = -ENOTTY;
          \t}
          \tmutex_unlock(&@N@_lock);
          \treturn ret;
          }

          static const struct file_operations @N@_fops_@I@ = {
          \t.owner\t\t= THIS_MODULE,
          \t.unlocked_ioctl\t= @N@_ioctl_@I@,
          \t.llseek\t\t= no_llseek,
          };
          """,
          """

          #ifdef CONFIG_PM_SLEEP
          static int @N@_suspend_@I@(struct device *dev)
          {
          \tstruct @N@_device *gd = to_@N@(dev);
          \tstruct @N@_@M@ *m;

          \trcu_read_lock();
          \tlist_for_each_entry_rcu(m, &gd->all, node)
          \t\tif (m->notify)
          \t\t\tm->notify(m, @U@_SUSPEND, dev_get_drvdata(dev));
          \trcu_read_unlock();
          \treturn gd->ops && gd->ops->suspend ? gd->ops->suspend(gd) : 0;
          }
          #else
          static inline int @N@_suspend_@I@(struct device *dev) { return 0; }
          #endif
          """,
          """

          int @N@_attach_@I@(struct @N@_device *gd, const char *name)
          {
          \tint (*hook)(struct @N@_device *gd);
          \tint err;

          \thook = symbol_get(@M@_hook);
          \tif (!hook)
          \t\treturn -ENODEV;
          \terr = hook(gd) ?: strcmp(name, "@M@") == 0;
          \tif (err < 0)
          \t\tpr_err("@N@: %s cannot be attached" " (%d)\\n", name, err);
          \tsymbol_put(@M@_hook);
          \treturn err;
          }
          EXPORT_SYMBOL_GPL(@N@_attach_@I@);
          """);

  private static final String FOOT =
      """

      static int __init @N@_init(void)
      {
      \treturn platform_driver_register(&@N@_driver);
      }
      module_init(@N@_init);

      static void __exit @N@_exit(void)
      {
      \tplatform_driver_unregister(&@N@_driver);
      }
      module_exit(@N@_exit);

      MODULE_LICENSE("GPL");
      """;

  private DriverText() {}

  /**
   * @param functions how many there are, about
   */
  static String of(int seed, int functions) {
    Random random = new Random(seed);
    String name = noun(random) + "_" + noun(random) + seed;
    String member = noun(random);
    StringBuilder text = new StringBuilder(fill(HEAD, seed, name, member, 0, random));
    for (int i = 0; i < functions; i++) {
      String shape = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
      text.append(fill(shape, seed, name, member, i, random));
    }
    return text.append(fill(FOOT, seed, name, member, 0, random)).toString();
  }

  private static String noun(Random random) {
    return NOUNS.get(random.nextInt(NOUNS.size()));
  }

  private static String fill(
      String shape, int seed, String name, String member, int i, Random random) {
    return shape
        .replace("@N@", name)
        .replace("@U@", name.toUpperCase(Locale.ROOT))
        .replace("@M@", member)
        .replace("@I@", Integer.toString(i))
        .replace("@S@", Integer.toString(seed))
        .replace("@C@", Integer.toString(random.nextInt(1, 8)));
  }
}
