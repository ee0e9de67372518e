// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import org.junit.jupiter.api.Test;

/** To which struct and field the argument {@code &path} of {@code probe()} in {@code f()} leads. */
class TypesTest {
  private static String resolve(String... files) {
    Program program = Linked.of(files);
    FunctionRef f = Linked.function(program, "f");
    Instruction.Call probe = Linked.call(program, f, "probe");
    Typing typing = new Typing(program.ir(f), program.model());
    Value.AddressOf argument = (Value.AddressOf) probe.arguments().get(0);
    return program
        .types()
        .resolve(typing.typed(argument.path()), f.file())
        .flatMap(Types.Place::field)
        .map(field -> field.owner() + " " + field.field())
        .orElse("?");
  }

  @Test
  void throughPointersAndEmbeddedStructs() {
    assertEquals(
        "inner list",
        resolve(
            "a.c",
            """
            struct inner { struct list_head list; };
            struct outer { struct inner in; struct outer *next; };
            void f(struct outer *o) { probe(&o->next->in.list); }
            """));
  }

  @Test
  void throughTypedefsAnonymousMembersAndUnions() {
    assertEquals(
        "thing b",
        resolve(
            "a.c",
            """
            struct thing { int x; union { struct { struct list_head b; }; long c; }; };
            typedef struct thing thing_t;
            void f(thing_t *t) { probe(&t->b); }
            """));
  }

  @Test
  void acrossFiles() {
    assertEquals(
        "kvm lock",
        resolve(
            "include/linux/kvm_host.h",
            "struct kvm { struct mutex lock; };",
            "include/linux/group.h",
            "struct group { struct kvm *kvm; };",
            "drivers/x.c",
            "#include <linux/group.h>\nvoid f(struct group *g) { probe(&g->kvm->lock); }"));
  }

  @Test
  void ofWhatAFunctionReturns() {
    assertEquals(
        "dev node",
        resolve(
            "a.h",
            "struct dev { struct list_head node; };\nstruct dev *find(int id);",
            "a.c",
            "#include \"a.h\"\nvoid f(void) { __auto_type d = find(1); probe(&d->node); }"));
  }

  @Test
  void aTagThatSeveralFilesDefineIsTheNearOne() {
    String use = "void f(struct priv *p) { probe(&p->list); }";
    assertEquals(
        "priv@drivers/b/b.h list",
        resolve(
            "drivers/a/a.h",
            "struct priv { struct list_head list; };",
            "drivers/b/b.h",
            "struct priv { struct list_head list; };",
            "drivers/b/b.c",
            "#include \"b.h\"\n" + use));
  }

  @Test
  void anArchitecturesTypedefIsTheOneNearTheUser() {
    assertEquals(
        "<mm_context_t>@arch/y/include/asm/mmu.h list",
        resolve(
            "arch/x/include/asm/mmu.h",
            "typedef struct { int none; } mm_context_t;",
            "arch/y/include/asm/mmu.h",
            "typedef struct { struct list_head list; } mm_context_t;",
            "include/linux/mm.h",
            "#include <asm/mmu.h>\nstruct mm { mm_context_t context; };",
            "arch/y/mm/m.c",
            "#include <linux/mm.h>\nvoid f(struct mm *mm) { probe(&mm->context.list); }"));
  }

  @Test
  void theUnknownStaysUnknown() {
    assertEquals("?", resolve("a.c", "void f(struct nowhere *n) { probe(&n->list); }"));
    assertEquals(
        "?", resolve("a.c", "struct s { int a; };\nvoid f(struct s *s) { probe(&s->missing); }"));
  }

  @Test
  void aMacroIsAnotherNameOfAMember() {
    assertEquals(
        "sock_common skc_node",
        resolve(
            "a.c",
            """
            struct sock_common { struct hlist_node skc_node; };
            struct sock { struct sock_common __sk_common; };
            #define sk_node __sk_common.skc_node
            void f(struct sock *sk) { probe(&sk->sk_node); }
            """));
  }

  @Test
  void aMacroSaysATypeByWhatContainsItsArgument() {
    assertEquals(
        "packet_sock bind_lock",
        resolve(
            "a.h",
            """
            struct packet_sock { struct sock sk; spinlock_t bind_lock; };
            #define pkt_sk(ptr) container_of(ptr, struct packet_sock, sk)
            """,
            "a.c",
            "#include \"a.h\"\nvoid f(struct sock *sk) { probe(&pkt_sk(sk)->bind_lock); }"));
  }

  @Test
  void aMacroIsWhatAFunctionReturns() {
    assertEquals(
        "sighand_struct siglock",
        resolve(
            "a.h",
            """
            struct sighand_struct { spinlock_t siglock; };
            struct task_struct { struct sighand_struct *sighand; };
            struct task_struct *get_current(void);
            #define current get_current()
            """,
            "a.c",
            "#include \"a.h\"\nvoid f(void) { probe(&current->sighand->siglock); }"));
  }

  @Test
  void aPointerToAStructIsOneToItsFirstMember() {
    assertEquals(
        "sock sk_lock",
        resolve(
            "a.c",
            """
            struct sock { socket_lock_t sk_lock; };
            struct inet_sock { struct sock sk; };
            struct mptcp_sock { struct inet_sock inet; };
            void f(struct mptcp_sock *msk) { probe(&((struct sock *)msk)->sk_lock); }
            """));
  }
}
