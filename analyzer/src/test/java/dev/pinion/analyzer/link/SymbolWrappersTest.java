// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SymbolWrappersTest {
  private static String recognised(String... pathsAndTexts) {
    return SymbolWrappers.of(Linked.of(pathsAndTexts)).recognised().stream()
        .map(w -> w.name() + "(" + w.argument() + ") " + w.by() + " " + w.effect())
        .collect(Collectors.joining("; "));
  }

  @Test
  void anAttachMacroKeepsThePinOfWhatSucceeds() {
    assertEquals(
        "attach(0) NAME ATTACH",
        recognised(
            "x.h",
            """
            #define attach(F, ARGS...) ({ \\
            	void *__r = NULL; \\
            	typeof(&F) __a = symbol_request(F); \\
            	if (__a) { \\
            		__r = (void *) __a(ARGS); \\
            		if (__r == NULL) \\
            			symbol_put(F); \\
            	} \\
            	__r; \\
            })
            """));
  }

  @Test
  void aProbeMacroDropsThePinWhateverComes() {
    assertEquals(
        "probe(1) NAME CALL",
        recognised(
            "x.h",
            """
            #define probe(dev, F) ({ \\
            	int __r = -1; \\
            	typeof(&F) __a = symbol_get(F); \\
            	if (__a) { \\
            		__r = __a(dev); \\
            		symbol_put(F); \\
            	} \\
            	__r; \\
            })
            """));
  }

  @Test
  void aliasesAndRetriesKeepTheMeaning() {
    assertEquals(
        "drop(0) ADDRESS PUT; find(0) NAME GET; try_twice(0) ADDRESS FORWARD",
        recognised(
            "x.h",
            """
            #define try_twice(x, mod...) ((x) ?: (request_module(mod), (x)))
            #define find(x) try_twice(symbol_get(x), "symbol:" #x)
            #define drop(f) symbol_put_addr(f)
            """));
  }

  @Test
  void functionsThatPassTheirParameterOnAreWrappers() {
    assertEquals(
        "find_by_name(1) STRING GET; call_by_name(0) STRING CALL; release(1) ADDRESS PUT",
        recognised(
            "a.c",
            """
            void *find_by_name(int flags, const char *name)
            {
            	return __symbol_get(name);
            }
            int call_by_name(const char *name)
            {
            	int (*fn)(void) = __symbol_get(name);
            	int ret;

            	if (!fn)
            		return -1;
            	ret = fn();
            	__symbol_put(name);
            	return ret;
            }
            void release(int x, void (*fn)(int))
            {
            	fn(x);
            	symbol_put_addr(fn);
            }
            """));
  }

  @Test
  void whatHasNothingToDoWithSymbolsIsNoWrapper() {
    assertEquals(
        "",
        recognised(
            "x.h",
            "#define symbol_name(x) #x\n#define max(a, b) ((a) > (b) ? (a) : (b))\n",
            "a.c",
            "void f(void) { symbol_get(g); }\n"));
  }

  @Test
  void takingsAreTheCallersOfAWrapper() {
    Program program =
        Linked.of(
            "a.c",
            """
            static void *find(const char *name)
            {
            	return __symbol_get(name);
            }
            static char text[8];
            void f(void)
            {
            	find("known");
            	find(text);
            	symbol_get(direct);
            }
            """);
    List<String> takings =
        SymbolTaking.takers(program).stream()
            .flatMap(t -> SymbolTaking.in(t, program).stream())
            .map(t -> t.wrapper().name() + " " + t.symbol().orElse("?"))
            .toList();
    assertEquals(List.of("find known", "find ?", "symbol_get direct"), takings);
  }
}
