// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the invariants of docs/architecture.md about the plug-in. */
@AnalyzeClasses(
    packages = "dev.pinion.eclipse",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theServersSideDoesNotKnowEclipse =
      noClasses()
          .that()
          .resideInAPackage("dev.pinion.eclipse.server")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.pinion.eclipse",
              "org.eclipse.core..",
              "org.eclipse.jface..",
              "org.eclipse.swt..",
              "org.eclipse.text..",
              "org.eclipse.ui..");
}
