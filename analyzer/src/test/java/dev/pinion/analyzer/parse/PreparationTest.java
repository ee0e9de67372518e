// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prepared text of small pieces, with single spaces; and each of them parses cleanly. */
class PreparationTest {
  private static String prepared(String source) {
    SourceText text = SourceText.of(source.getBytes(StandardCharsets.UTF_8));
    List<PreparedArm> arms = new Preparation(text).arms();
    if (arms.isEmpty()) {
      return "";
    }
    PreparedText prepared = new PreparedText();
    prepared.write(arms.get(0).draft());
    return tidy(prepared.text());
  }

  private static String tidy(String text) {
    return text.replaceAll("\\s+", " ").replaceAll(" ?([^\\w\\s]) ?", "$1").strip();
  }

  private static void check(String source, String expected) {
    assertEquals(tidy(expected), prepared(source));
    assertEquals(
        List.of(), Parser.parse("t.c", source.getBytes(StandardCharsets.UTF_8)).problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
      for_each_x(a, b) { c(); }          => for (;for_each_x(a, b);) { c(); }
      for_each_x(a) for_each_y(b) c();   => for (;for_each_x(a);) for (;for_each_y(b);) c();
      if (a) for_each_x(b) c(); else d(); => if (a) for (;for_each_x(b);) c(); else d();
      if (a) MACRO(b) else c();          => if (a) MACRO(b); else c();
      { MACRO(b) }                       => { MACRO(b); }
      guard(mutex)(&l->lock);            => guard(mutex)(&l->lock);
      scoped_guard(mutex, &l) { a(); }   => for (;scoped_guard(mutex, &l);) { a(); }
      scoped_guard(mutex, &l) a();       => for (;scoped_guard(mutex, &l);) a();
      CLASS(fd, f)(n);                   => CLASS(fd, f)(n);
      f(a)->b = c;                       => f(a)->b = c;
      f(a).b++;                          => f(a).b++;
      f(a), g(b);                        => f(a), g(b);
      while (f(a)) ;                     => while (f(a));
      do f(a); while (b);                => do f(a); while (b);
      do f(a); for_each_x(b);            => do f(a); while (for_each_x(b));
      out: }                             => out:; }
      p = container_of(q, struct foo, m); => p = container_of(q, sizeof(struct foo), m);
      p = min_t(unsigned int, a, b);     => p = min_t(sizeof(unsigned int), a, b);
      p = f(u32 *, a);                   => p = f(sizeof(u32 *), a);
      p = f(u32, a);                     => p = f(u32, a);
      p = f(a * b, c);                   => p = f(a * b, c);
      f(, a);                            => f(0, a);
      f();                               => f();
      f(a, ==, b);                       => f(a, "==", b);
      f(a, return -1);                   => f(a, ({ return -1; }));
      f(a, b = 1; c());                  => f(a, ({ b = 1; c(); }));
      f(.a = 1);                         => f(a = 1);
      f({1, 2});                         => f((int[]){1, 2});
      f(struct foo *x);                  => f(({ struct foo *x; }));
      p = (struct foo __user *)q;        => p = (struct foo *)q;
      p = (struct foo NEW_ATTR *)q;      => p = (struct foo *)q;
      p = (int (*)(struct foo *))q;      => p = (int (*)(struct foo *))q;
      p = sizeof(struct foo);            => p = sizeof(struct foo);
      printk(KERN_ERR "a" PRIx64 "b");   => printk("a" "b");
      printk(LEVEL pr_fmt("a"), b);      => printk(pr_fmt("a"), b);
      static DEFINE_MUTEX(m);            => static struct mutex m;
      LIST_HEAD(tmp);                    => struct list_head tmp = LIST_HEAD(tmp);
      DECLARE_BITMAP(m, N);              => unsigned long m[N];
      DECLARE_BITMAP(m, N) = { 0 };      => unsigned long m[N] = { 0 };
      struct foo *p __free(kfree) = q;   => struct foo *p = q;
      int x __maybe_unused;              => int x;
      int NEW_ATTR x;                    => int x;
      foo_t NEW_ATTR x;                  => foo_t x;
      foo_t *NEW_ATTR x;                 => foo_t *x;
      p->__unused = 1;                   => p->__unused = 1;
      goto __error;                      => goto __error;
      p = _Generic(q, int: a, default: b); => p = Generic_(q, a, b);
      asm_inline volatile("a" : : "r"(b)); => asm volatile("a" : : "r"(b));
      switch (a) { case 1 ... 2: b(); }  => switch (a) { case 1 ... 2: b(); }
      switch (a) { CASE(1): b(); }       => switch (a) { case CASE(1): b(); }
      goto *table[a];                    => goto *table[a];
      p = ({ int r = 1; r; });           => p = ({ int r = 1; r; });
      a = L"x"; b = u8"y";               => a = L"x"; b = u8"y";
      irqreturn_t (*h)(int, void *);     => irqreturn_t (*h)(int, void *);
      __label__ out; a();                => ; a();
      """)
  void statements(String statement, String expected) {
    String end = statement.endsWith(": }") ? "" : " }";
    String closing = expected.endsWith(":; }") ? "" : " }";
    check("void f(void) { " + statement + end, "void f(void) { " + expected + closing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
      EXPORT_SYMBOL_GPL(f);              =>
      MODULE_LICENSE("GPL")              =>
      static DEFINE_SPINLOCK(l);         => static spinlock_t l;
      DEFINE_UNKNOWN(x) = { 1 };         => int x = { 1 };
      DEFINE_PER_CPU(struct foo, x);     => typeof(struct foo) x;
      MACHINE(A, "b") .c = d, END        => int A = { .c = d, END};
      machine(a) { .b = c, };            => int a = { .b = c, };
      static int __init f(void) { }      => static int f(void) { }
      STATIC int f(void) { }             => STATIC_IS_GONE
      noinline_x foo_t f(void) { }       => foo_t f(void) { }
      int f(void) NEW_ATTR { }           => int f(void) { }
      int f(int a) NEW_ATTR(a);          => int f(int a);
      int f(void) __must_hold(&l) { }    => int f(void) { }
      __printf(1, 2) int f(char *s, ...); => int f(char *s, ...);
      NEW_ATTR(1, 2) int f(char *s, ...); => int f(char *s, ...);
      static u16 (*f(int a))[4] { }      => static u16 (*f(int a))[4] { }
      int HANDLER(A)(struct foo *p) { }  => int HANDLER_A(struct foo *p) { }
      SYSCALL_DEFINE1(a, int, b) { }     => long sys_a(int b) { }
      SYSCALL_DEFINE0(a) { }             => long sys_a(void) { }
      BPF_CALL_1(a, struct b *, c) { }   => u64 a(struct b * c) { }
      TEST_F(a, b) { c(); }              => int a_b () { c(); }
      main(int argc) { }                 => int main(int argc) { }
      struct a { DECLARE_BITMAP(b, 8); int c; }; => struct a { unsigned long b[8]; int c; };
      struct a { struct_group(b, int c; int d;); int e; }; => struct a { int c; int d; int e; };
      struct a { UNKNOWN(b) int c; };    => struct a { int c; };
      struct a { int b; } __packed;      => struct a { int b; };
      struct NEW_ATTR a { int b; };      => struct a { int b; };
      struct a { u16 __unused; int (*f)(int); }; => struct a { u16 __unused; int (*f)(int); };
      enum a { B, C(D), E };             => enum a { B, C, E };
      char x[] SEC("y") = "z";           => char x[] = "z";
      int a[] = { [0 ... 3] = 1, B(1) }; => int a[] = { [0 ... 3] = 1, B(1) };
      int a[] = { [B(1)] = 2, C(3) = 4 }; => int a[] = { [B(1)] = 2, [C(3)] = 4 };
      typedef struct a { int b; } c, PTR d; => typedef struct a { int b; } c, d;
      static_assert(sizeof(int) == 4);   =>
      asm("nop");                        =>
      """)
  void declarations(String declaration, String expected) {
    if (expected != null && expected.equals("STATIC_IS_GONE")) {
      check(declaration, "int f(void) { }");
      return;
    }
    check(declaration, expected == null ? "" : expected);
  }
}
