// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Unit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a file declares outside of function bodies. */
final class DeclarationLoweringTest {
  @Test
  void structsWithNestedAndAnonymousMembers() {
    check(
        """
        struct kvm {
        	struct list_head devices, *more[2];
        	struct { int a; union { u8 u; char c; }; } nested;
        	union { struct { long x; }; struct tagged { int y; } t; };
        	int (*fn)(int), flags : 3;
        	void (*tab[4])(struct kvm *);
        	struct kvm *(*make)(void);
        };
        """,
        """
        struct kvm { devices: struct list_head, more: struct list_head *[], \
        nested: struct kvm.nested, : union kvm.#3, fn: fn *, flags: int, tab: fn *[], make: fn * }
        struct kvm.nested { a: int, : union kvm.nested.#1 }
        union kvm.nested.#1 { u: u8, c: char }
        union kvm.#3 { : struct kvm.#3.#0, t: struct tagged }
        struct kvm.#3.#0 { x: long }
        struct tagged { y: int }
        """);
  }

  @Test
  void typedefsAndUntaggedStructs() {
    check(
        """
        typedef struct { int y; } foo_t;
        typedef int (*cb_t)(struct kvm *), fn_t(int);
        typedef unsigned long long ull, *ullp;
        static struct { int x; } cache[3];
        """,
        """
        struct <foo_t> { y: int }
        struct <cache> { x: int }
        typedef foo_t = struct <foo_t>
        typedef cb_t = fn *
        typedef fn_t = fn
        typedef ull = unsigned long long
        typedef ullp = unsigned long long *
        STATIC cache: struct <cache>[]
        """);
  }

  @Test
  void globalsWithInitialisers() {
    check(
        """
        static const struct file_operations fops = {
        	.owner = THIS_MODULE,
        	.release = &foo_release,
        	.in.f = foo_f,
        	.in = { .g = foo_g, 3 },
        };
        struct driver drivers[] = { { "a", probe_a }, [2] = { .probe = probe_b }, };
        const struct file_operations *all[] = { &fops, NULL };
        static u8 numbers[] = { 1, 2, 3 };
        int (*hook)(int) = default_hook;
        struct list_head head = LIST_HEAD_INIT(head);
        extern struct mutex lock;
        """,
        """
        STATIC fops: struct file_operations owner=THIS_MODULE release=&foo_release in.f=foo_f \
        in.g=foo_g in.#1=3
        GLOBAL drivers: struct driver[] #0="a" #1=probe_a probe=probe_b
        GLOBAL all: struct file_operations *[] =&fops =0
        STATIC numbers: u8[]
        GLOBAL hook: fn * =default_hook
        GLOBAL head: struct list_head =LIST_HEAD_INIT(head)
        GLOBAL lock: struct mutex
        """);
  }

  @Test
  void staticLocalsAreGlobalsOfTheirFunction() {
    check(
        """
        void f(void)
        {
        	static const struct ops ops = { .a = g };
        	static int n;
        	struct { int z; } local;

        	use(&ops, n, local.z);
        }
        """,
        """
        struct <f.local> { z: int }
        STATIC f.ops: struct ops a=g
        STATIC f.n: int
        """);
  }

  @Test
  void prototypesMacrosInvocationsIncludes() {
    check(
        """
        #include <linux/list.h>
        #include "kvm.h"
        #define ANSWER 42
        #define lock_it(x, args...) mutex_lock(&(x)->lock)
        #define alias other_name
        int get(struct kvm *kvm, char buf[], int (*fn)(void));
        struct foo *make(void);
        EXPORT_SYMBOL_GPL(get);
        static DEFINE_IDA(ida);
        """,
        """
        STATIC ida: struct ida
        get(struct kvm *, char *, fn *) -> int
        make() -> struct foo *
        include ANGLED linux/list.h
        include QUOTED kvm.h
        macro lock_it[x, args...] mutex_lock(&(x)->lock)
        macro alias[] other_name
        invocation EXPORT_SYMBOL_GPL[get] 8:1
        invocation static DEFINE_IDA[ida] 9:8
        """);
  }

  @Test
  void functionHeads() {
    Unit unit =
        Lowered.unit(
            """
            static inline int a(void) { return 1; }
            static void b(struct foo *p, ...) __must_hold(&p->lock)
            {
            }
            void __weak c(int, char *name) { }
            void (*d(int n))(int)
            {
            	return n ? x : y;
            }
            #ifdef CONFIG_X
            int e(int x) { return x; }
            #else
            int e(int y) { return 0; }
            #endif
            """);
    assertEquals(
        """
        STATIC_INLINE a() -> int 1:19 to 1
        STATIC b(p: struct foo *) -> void 2:13 to 4 __must_hold(&p->lock)
        WEAK c(#1: int, name: char *) -> void 5:13 to 5
        GLOBAL d(n: int) -> fn * 6:8 to 9
        GLOBAL e(x: int) -> int 11:5 to 11
        GLOBAL e(y: int) -> int 13:5 to 13 ALTERNATIVE
        """,
        unit.functions().stream()
            .map(DeclarationLoweringTest::head)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static String head(Function f) {
    String parameters =
        f.parameters().stream()
            .map(p -> p.name() + ": " + p.type())
            .collect(Collectors.joining(", ", "(", ")"));
    String arm = f.arm() == Function.Arm.PRIMARY ? "" : " ALTERNATIVE";
    String annotations = String.join(" ", f.annotations());
    return f.linkage()
        + " "
        + f.name()
        + parameters
        + " -> "
        + f.returnType()
        + " "
        + f.position()
        + " to "
        + f.endLine()
        + arm
        + (annotations.isEmpty() ? "" : " " + annotations);
  }

  private static void check(String source, String expected) {
    Unit unit = Lowered.unit(source);
    assertEquals(expected, text(unit.declarations()));
    assertEquals("[]", unit.problems().toString());
  }

  private static String text(Declarations d) {
    StringBuilder out = new StringBuilder();
    d.structs()
        .forEach(
            s ->
                out.append(
                        s.kind() == dev.pinion.analyzer.ir.CType.Kind.UNION ? "union " : "struct ")
                    .append(s.tag())
                    .append(
                        s.members().stream()
                            .map(m -> m.name() + ": " + m.type())
                            .collect(Collectors.joining(", ", " { ", " }\n"))));
    d.typedefs().forEach(t -> out.append("typedef " + t.name() + " = " + t.type() + "\n"));
    for (Declarations.Global g : d.globals()) {
      out.append(g.linkage() + " " + g.name() + ": " + g.type());
      g.initializers().forEach(i -> out.append(" " + i.field() + "=" + i.value()));
      out.append('\n');
    }
    for (Declarations.Prototype p : d.prototypes()) {
      out.append(p.name())
          .append(
              p.parameters().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(", ", "(", ")")))
          .append(" -> " + p.returnType() + "\n");
    }
    d.includes().forEach(i -> out.append("include " + i.form() + " " + i.path() + "\n"));
    d.macros()
        .forEach(m -> out.append("macro " + m.name() + m.parameters() + " " + m.body() + "\n"));
    for (Declarations.Invocation i : d.invocations()) {
      String prefix = i.prefix().isEmpty() ? "" : i.prefix() + " ";
      out.append("invocation " + prefix + i.name() + i.arguments() + " " + i.position() + "\n");
    }
    return out.toString();
  }
}
