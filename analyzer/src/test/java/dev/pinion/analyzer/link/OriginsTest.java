// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Who makes a function run. */
class OriginsTest {
  private static final String TABLES =
      """
      struct file_operations { long (*unlocked_ioctl)(struct file *f); int (*release)(struct file *f); };
      struct hub_ops { void (*stop)(struct hub *h); void (*ioctl)(struct hub *h); };
      struct platform_driver { int (*probe)(struct device *d); void (*remove)(struct device *d); };
      static void f(struct hub *h) { }
      """;

  private static void check(String expected, String code) {
    Program program = Linked.of("a.c", TABLES + code);
    FunctionRef f = Linked.function(program, "f");
    assertEquals(
        expected,
        Origins.of(program).deciding(f).stream()
            .map(o -> o.kind() + " " + o.by() + " " + o.first().name())
            .toList()
            .toString());
  }

  @Test
  void aSystemCallIsAUsers() {
    check("[USER a system call sys_hub]", "SYSCALL_DEFINE1(hub, struct hub *, h) { f(h); }");
    check(
        "[USER struct file_operations.unlocked_ioctl g]",
        """
        static long g(struct file *file) { f(file->private_data); return 0; }
        const struct file_operations fops = { .unlocked_ioctl = g };
        """);
  }

  @Test
  void theKernelClosesFilesItself() {
    check(
        "[LAST struct file_operations.release g]",
        """
        static int g(struct file *file) { f(file->private_data); return 0; }
        const struct file_operations fops = { .release = g };
        """);
  }

  @Test
  void tablesInBetweenAreFollowed() {
    check(
        "[GONE struct platform_driver.remove h]",
        """
        static const struct hub_ops ops = { .stop = f };
        static void h(struct device *d) { struct hub *hub = d->data; hub_ops(hub)->stop(hub); }
        struct hub_ops *hub_ops(struct hub *h);
        static struct platform_driver driver = { .remove = h };
        """);
  }

  @Test
  void aMemberForCommandsIsAUsersInWhateverTable() {
    check("[USER struct hub_ops.ioctl f]", "static const struct hub_ops ops = { .ioctl = f };");
  }

  @Test
  void whatComesByItselfIsToldAlone() {
    check(
        "[THREAD INIT_WORK() g]",
        """
        static void g(struct work_struct *w) { f(to_hub(w)); }
        static long u(struct file *file) { f(file->private_data); return 0; }
        const struct file_operations fops = { .unlocked_ioctl = u };
        void init(struct hub *h) { INIT_WORK(&h->work, g); }
        """);
    check("[UNSEEN  g]", "void g(struct hub *h) { f(h); }");
  }
}
