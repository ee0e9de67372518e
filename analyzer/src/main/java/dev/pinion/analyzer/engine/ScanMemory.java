// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.List;
import java.util.Optional;

/**
 * Remembers in the store what scans found, so that a tree in which nothing changed is neither
 * loaded nor linked again. An answer is kept under the id of a text that holds all it depends on:
 * the path and blob id of every file, what could not be listed, the code that computed it, and the
 * question. Any difference is another id, and so nothing has to be invalidated.
 */
final class ScanMemory {
  static final FactKind LEDGER = new FactKind(4, 1, FactKind.Packing.DEFLATED);
  static final FactKind VERDICT = new FactKind(5, 2, FactKind.Packing.DEFLATED);

  private final FactStore store;

  /** Without a store the names of questions, which cost a look at all our code, are not needed. */
  private final boolean remembers;

  private final OwnCode code;

  ScanMemory(FactStore store, OwnCode code) {
    this.store = store;
    this.code = code;
    this.remembers = !store.equals(FactStore.none());
  }

  /** What is remembered of one listing, by the code there is now. */
  final class Page {
    private final String listing;

    private Page(String listing) {
      this.listing = listing;
    }

    Optional<Ledger> ledger() {
      return remembers ? store.get(name("ledger"), LEDGER).map(Ledger::decode) : Optional.empty();
    }

    void keep(Ledger ledger) {
      if (remembers) {
        store.put(name("ledger"), LEDGER, ledger.encode());
      }
    }

    /** What a rule said within the request: remembered for that request, or for the whole tree. */
    Optional<Verdict> verdict(Rule rule, ScanRequest request) {
      if (!remembers) {
        return Optional.empty();
      }
      Optional<byte[]> whole = store.get(name(rule, List.of()), VERDICT);
      Optional<byte[]> found =
          whole.isPresent() ? whole : store.get(name(rule, request.paths()), VERDICT);
      return found.map(bytes -> Verdict.decode(bytes).within(request));
    }

    void keep(Verdict verdict, Rule rule, ScanRequest request) {
      if (remembers) {
        store.put(name(rule, request.paths()), VERDICT, verdict.encode());
      }
    }

    private BlobId name(Rule rule, List<String> paths) {
      String id = rule.info().id();
      return name(
          "rule\n" + id + "\n" + code.of(rule.getClass()) + "\n" + String.join("\n", paths));
    }

    private BlobId name(String question) {
      return BlobId.of((listing + "\n" + code.of(Engine.class) + "\n" + question).getBytes(UTF_8));
    }
  }

  /** The page of the tree with that listing. */
  Page page(String listing) {
    return new Page(listing);
  }
}
