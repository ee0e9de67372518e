// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a file from user space points to is taken for an object of one's own, unasked. */
@AutoService(Rule.class)
public final class FileUnverified implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-file-unverified",
          Tier.WARNING,
          "private data of a file from user space is used without a look at its operations",
          List.of());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    Set<String> files = new TreeSet<>();
    for (Api api : program.model().family("object")) {
      if (api.is("from-fd")) {
        files.addAll(program.files(Term.CALL, api.name()));
      }
    }
    UserFiles.of(program).receivers().keySet().forEach(f -> files.add(f.file()));
    return files;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    UserFiles files = UserFiles.of(program);
    return files.getters().contains(function) || files.receivers().containsKey(function);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    UserFiles files = UserFiles.of(program);
    if (files.getters().contains(function)) {
      FileReads own = FileReads.ofUser(program, function);
      own.used(UserFiles.data(program))
          .filter(where -> !own.mayBeVerified(""))
          .ifPresent(where -> report.finding(finding(program, function, where, List.of())));
    }
    for (FunctionRef getter : files.receivers().getOrDefault(function, new TreeSet<>())) {
      FileReads passed = FileReads.ofUser(program, getter);
      Optional<FileReads.Given> given =
          passed.given().stream()
              .filter(g -> g.call().calls(program.facts(function).name()))
              .findFirst();
      if (given.isPresent() && !passed.mayBeVerified(given.get().call().name())) {
        int parameter = given.get().argument();
        if (parameter < program.parameters(function).size()) {
          FileReads here = FileReads.ofParameter(program, function, parameter);
          Optional<Position> where =
              here.used(UserFiles.data(program)).filter(w -> !here.mayBeVerified(""));
          if (where.isPresent()) {
            Related from =
                new Related(
                    Location.of(getter.file(), given.get().call().position()),
                    getter.name() + "() passes a file that user space has named, as it is");
            report.finding(finding(program, function, where.get(), List.of(from)));
            return;
          }
        }
      }
    }
  }

  private static Finding finding(
      Program program, FunctionRef function, Position where, List<Related> before) {
    List<Related> story = new ArrayList<>(before);
    story.add(
        new Related(
            Location.of(function.file(), where),
            "the file may be of any kind, and so may be what it points to"));
    return new Finding(
        INFO.id(),
        INFO.tier(),
        Location.of(function.file(), where),
        function.name(),
        "'"
            + UserFiles.data(program)
            + "' of a file from user space is used, and nobody has looked at its '"
            + UserFiles.operations(program)
            + "'",
        story);
  }
}
