// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All operators, in the order of the report. */
public final class Operators {
  private static final List<String> UPDATES =
      List.of(
          "rcu-list-plain-delete",
          "rcu-list-delete-init",
          "rcu-list-plain-insert",
          "rcu-list-plain-move");

  private static final List<String> FREES =
      List.of(
          "rcu-free-without-grace-period",
          "rcu-pointer-free-without-grace-period",
          "rcu-double-insert",
          "rcu-not-an-rculist");

  private static final List<String> WALKS =
      List.of("rcu-read-outside-section", "rcu-pointer-escapes");

  private static final List<String> SYMBOLS =
      List.of(
          "symbol-get-leak", "symbol-get-unchecked", "symbol-put-unheld", "symbol-use-after-put");

  static final List<Operator> RCU =
      List.of(
          new Renamed(
              "delete-plain",
              Map.of(
                  "list_del_rcu", "list_del",
                  "list_bidir_del_rcu", "list_del",
                  "hlist_del_rcu", "hlist_del",
                  "hlist_nulls_del_rcu", "hlist_nulls_del",
                  "hlist_nulls_del_init_rcu", "hlist_nulls_del",
                  "hlist_bl_del_rcu", "hlist_bl_del"),
              UPDATES),
          new Renamed(
              "delete-init",
              Map.of(
                  "list_del_rcu", "list_del_init",
                  "hlist_del_rcu", "hlist_del_init",
                  "hlist_del_init_rcu", "hlist_del_init",
                  "hash_del_rcu", "hash_del",
                  "hlist_bl_del_rcu", "hlist_bl_del_init",
                  "hlist_bl_del_init_rcu", "hlist_bl_del_init"),
              UPDATES),
          new Renamed(
              "insert-plain",
              Map.of(
                  "list_add_rcu", "list_add",
                  "list_add_tail_rcu", "list_add_tail",
                  "hlist_add_head_rcu", "hlist_add_head",
                  "hlist_add_before_rcu", "hlist_add_before",
                  "hlist_add_behind_rcu", "hlist_add_behind",
                  "hlist_nulls_add_head_rcu", "hlist_nulls_add_head",
                  "hlist_bl_add_head_rcu", "hlist_bl_add_head",
                  "hash_add_rcu", "hash_add"),
              UPDATES),
          new Renamed("replace-plain", Map.of("list_replace_rcu", "list_replace"), UPDATES),
          new DroppedGracePeriod("drop-grace-period", FREES),
          new PlainFree("free-plain", FREES),
          new DroppedSection("drop-section", WALKS));

  public static final List<Operator> SYMBOL =
      List.of(
          new DroppedCheck("drop-check", false, SYMBOLS),
          new DroppedCheck("drop-attach-check", true, SYMBOLS),
          new DroppedPut("drop-put", SYMBOLS),
          new SwappedPut("swap-put", SYMBOLS),
          new UseAfterPut("use-after-put", SYMBOLS));

  static final List<Operator> PIN =
      List.of(
          new DroppedGet("drop-get", List.of("pin-missing-reference")),
          new DroppedErrorPut("drop-error-put", List.of("pin-leak")),
          new DroppedLoopPut("drop-loop-put", List.of("pin-leak")),
          new PlainGet(
              "get-plain",
              Map.of(
                  "kref_get_unless_zero", "kref_get",
                  "refcount_inc_not_zero", "refcount_inc",
                  "kobject_get_unless_zero", "kobject_get"),
              List.of("pin-get-from-zero")),
          new IgnoredTry("ignore-try-get", List.of("pin-get-from-zero")),
          new DroppedOwner("drop-owner", List.of("pin-owner-missing")),
          new DroppedModuleGet("drop-module-get", List.of("pin-missing-module")));

  /** Each has many sites. */
  static final List<Operator> TEARDOWN =
      List.of(
          new WaitUnderLock("wait-under-lock", List.of("flush-under-lock")),
          new PutUnderLock(
              "put-under-lock", List.of("final-put-under-lock", "sleeping-put-in-atomic")),
          new PutIntoRegion(
              "put-into-region",
              List.of("final-put-under-lock", "put-frees-held-lock", "sleeping-put-in-atomic")),
          new WaitIntoRegion("wait-into-region", List.of("flush-under-lock")),
          new CancelWaits(
              "cancel-waits",
              Map.of(
                  "cancel_work", "cancel_work_sync",
                  "cancel_delayed_work", "cancel_delayed_work_sync",
                  "del_timer", "del_timer_sync",
                  "timer_delete", "timer_delete_sync",
                  "timer_shutdown", "timer_shutdown_sync",
                  "hrtimer_try_to_cancel", "hrtimer_cancel"),
              List.of("flush-under-lock")));

  static final List<Operator> WAIT =
      List.of(
          new ChangedWait(
              "drop-timeout",
              Map.of(
                  "wait_event_timeout", "wait_event",
                  "wait_event_killable_timeout", "wait_event_killable",
                  "wait_for_completion_timeout", "wait_for_completion",
                  "wait_for_completion_io_timeout", "wait_for_completion_io",
                  "wait_for_completion_killable_timeout", "wait_for_completion_killable"),
              ChangedWait.Loses.LIMIT,
              List.of("wait-for-userspace")),
          new ChangedWait(
              "ignore-signals",
              Map.of(
                  "wait_event_interruptible", "wait_event",
                  "wait_event_killable", "wait_event",
                  "wait_for_completion_interruptible", "wait_for_completion",
                  "wait_for_completion_killable", "wait_for_completion"),
              ChangedWait.Loses.SIGNAL,
              List.of("wait-for-userspace")),
          new CompleteOne("complete-one", List.of("wait-one-shot-wake")),
          new SleepOnce("sleep-once", List.of("wait-unchecked-condition")));

  /** Operators whose rules ask alike, in the order of the report. */
  public static final Map<String, List<Operator>> FAMILIES = families();

  private static Map<String, List<Operator>> families() {
    Map<String, List<Operator>> all = new LinkedHashMap<>();
    all.put("rcu", RCU);
    all.put("symbol", SYMBOL);
    all.put("pin", PIN);
    all.put("teardown", TEARDOWN);
    all.put("wait", WAIT);
    return all;
  }

  private Operators() {}

  /** The operator of that id. */
  public static Operator named(String id) {
    return FAMILIES.values().stream()
        .flatMap(List::stream)
        .filter(o -> o.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(id + " is no operator"));
  }
}
