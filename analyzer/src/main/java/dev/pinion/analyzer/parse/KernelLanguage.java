// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import org.eclipse.cdt.core.dom.ast.gnu.c.GCCLanguage;
import org.eclipse.cdt.core.dom.parser.IBuiltinBindingsProvider;
import org.eclipse.cdt.core.dom.parser.ISourceCodeParser;
import org.eclipse.cdt.core.dom.parser.c.GCCParserExtensionConfiguration;
import org.eclipse.cdt.core.dom.parser.c.ICParserExtensionConfiguration;
import org.eclipse.cdt.core.index.IIndex;
import org.eclipse.cdt.core.parser.IParserLogService;
import org.eclipse.cdt.core.parser.IParserSettings;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.ParserMode;
import org.jspecify.annotations.Nullable;

/**
 * GNU C with our parser and without CDT's table of built-in functions: nobody asks for their
 * bindings, and setting the table up for every file costs a twelfth of the parse.
 */
final class KernelLanguage extends GCCLanguage {
  private static final KernelLanguage INSTANCE = new KernelLanguage();

  private KernelLanguage() {}

  static KernelLanguage instance() {
    return INSTANCE;
  }

  @Override
  protected ICParserExtensionConfiguration getParserExtensionConfiguration() {
    return WithoutBuiltins.CONFIGURATION;
  }

  @Override
  protected ISourceCodeParser createParser(
      IScanner scanner, ParserMode mode, IParserLogService log, IIndex index) {
    return new KernelParser(scanner, mode, log, getParserExtensionConfiguration(), index);
  }

  @Override
  protected ISourceCodeParser createParser(
      IScanner scanner,
      ParserMode mode,
      IParserLogService log,
      IIndex index,
      int options,
      IParserSettings settings) {
    return createParser(scanner, mode, log, index);
  }

  private static final class WithoutBuiltins extends GCCParserExtensionConfiguration {
    private static final WithoutBuiltins CONFIGURATION = new WithoutBuiltins();

    @Override
    public @Nullable IBuiltinBindingsProvider getBuiltinBindingsProvider() {
      return null;
    }
  }
}
