// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.pinion.analyzer.link.Reuse;
import java.util.Arrays;
import java.util.List;

/** Holds the invariants of docs/architecture.md that can be read off imports. */
@AnalyzeClasses(
    packages = "dev.pinion.analyzer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** The floors, lowest first; each may use those before it. */
  private static final List<String> FLOORS =
      List.of(
          "source",
          "patch",
          "mail",
          "store",
          "ir",
          "parse",
          "model",
          "dataflow",
          "facts",
          "evidence",
          "query",
          "link",
          "rule",
          "atlas",
          "engine");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.pinion.analyzer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyParseKnowsSyntax =
      noClasses()
          .that()
          .resideOutsideOfPackage("..parse..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..parse.syntax..", "..parse.grammar..");

  @ArchTest
  static final ArchRule theGrammarKnowsOnlySyntax =
      noClasses()
          .that()
          .resideInAPackage("..parse.grammar..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.pinion.analyzer.parse", "..parse.lower..", "..ir..");

  @ArchTest
  static final ArchRule onlyTheEngineKeepsAnswers =
      noClasses()
          .that()
          .resideOutsideOfPackages("..link..", "..engine..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Reuse.class);

  @ArchTest
  static final ArchRule onlySourceKnowsGit =
      noClasses()
          .that()
          .resideOutsideOfPackage("..source..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jgit..");

  @ArchTest
  static final ArchRule onlyMailKnowsMime =
      noClasses()
          .that()
          .resideOutsideOfPackage("..mail..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.james..");

  @ArchTest static final ArchRule patchesKnowOnlySources = below("patch", "patch", "source");
  @ArchTest static final ArchRule mailKnowsOnlyPatches = below("mail", "mail", "patch", "source");

  @ArchTest
  static final ArchRule onlyTheEngineHasThreads =
      noClasses()
          .that()
          .resideOutsideOfPackages("..engine..", "..source..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("Executor");

  @ArchTest static final ArchRule theIrImportsNothingOfOurs = below("ir", "ir");
  @ArchTest static final ArchRule theModelImportsNothingOfOurs = below("model", "model");
  @ArchTest static final ArchRule queriesImportNothingOfOurs = below("query", "query");
  @ArchTest static final ArchRule parsingKnowsOnlyIr = below("parse", "parse", "ir");
  @ArchTest static final ArchRule factsKnowNoTree = floor("facts");
  @ArchTest static final ArchRule dataflowKnowsNoTree = floor("dataflow");

  @ArchTest
  static final ArchRule linkKnowsNoSources =
      noClasses()
          .that()
          .resideInAPackage("..link..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..source..", "..store..", "..parse..", "..engine..");

  @ArchTest
  static final ArchRule rulesKnowNoFiles =
      noClasses()
          .that()
          .resideInAPackage("..rule..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..source..", "..store..", "..parse..", "..engine..");

  @ArchTest
  static final ArchRule theAtlasKnowsNoFiles =
      noClasses()
          .that()
          .resideInAPackage("..atlas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..source..", "..store..", "..parse..", "..engine..");

  @ArchTest
  static final ArchRule nothingPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static ArchRule below(String floor, String... allowed) {
    String[] others =
        FLOORS.stream()
            .filter(f -> !Arrays.asList(allowed).contains(f))
            .map(f -> ".." + f + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.pinion.analyzer." + floor + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static ArchRule floor(String name) {
    String[] above =
        FLOORS.subList(FLOORS.indexOf(name) + 1, FLOORS.size()).stream()
            .map(f -> ".." + f + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.pinion.analyzer." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above);
  }
}
