// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTAttributeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionStatement;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTStatement;
import org.eclipse.cdt.core.dom.parser.c.ICParserExtensionConfiguration;
import org.eclipse.cdt.core.index.IIndex;
import org.eclipse.cdt.core.parser.EndOfFileException;
import org.eclipse.cdt.core.parser.IParserLogService;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;
import org.eclipse.cdt.core.parser.ParserMode;
import org.eclipse.cdt.internal.core.dom.parser.BacktrackException;
import org.eclipse.cdt.internal.core.dom.parser.DeclarationOptions;
import org.eclipse.cdt.internal.core.dom.parser.c.CNodeFactory;
import org.eclipse.cdt.internal.core.dom.parser.c.GNUCSourceParser;
import org.jspecify.annotations.Nullable;

/**
 * CDT's C parser, told what most statements are. CDT reads each statement twice, as an expression
 * and as a declaration, and where both succeed builds both and decides later from bindings. Two
 * tokens tell nearly always which it is; where they do not, or the guess fails, CDT has its way.
 *
 * <p>The one thing taken for granted: {@code name(name);} is a call and declares nothing, as it
 * does everywhere in the kernel.
 */
final class KernelParser extends GNUCSourceParser {
  private enum Guess {
    EXPRESSION,
    DECLARATION,
    NONE
  }

  KernelParser(
      IScanner scanner,
      ParserMode mode,
      IParserLogService log,
      ICParserExtensionConfiguration configuration,
      IIndex index) {
    super(scanner, mode, log, configuration, index);
  }

  @Override
  protected IASTStatement parseDeclarationOrExpressionStatement(
      List<IASTAttributeSpecifier> attributes) throws EndOfFileException, BacktrackException {
    IToken start = mark();
    Guess guess = attributes == null || attributes.isEmpty() ? guess() : Guess.NONE;
    IASTStatement read = guess == Guess.NONE ? null : read(guess);
    if (read != null) {
      return read;
    }
    backup(start);
    return super.parseDeclarationOrExpressionStatement(attributes);
  }

  private @Nullable IASTStatement read(Guess guess) throws EndOfFileException {
    try {
      if (guess == Guess.DECLARATION) {
        IASTDeclaration declaration = declaration(DeclarationOptions.LOCAL);
        return setRange(
            CNodeFactory.getDefault().newDeclarationStatement(declaration), declaration);
      }
      IASTExpression expression = expression();
      if (LT(1) != IToken.tSEMI || assignsToCall(expression)) {
        return null;
      }
      IASTExpressionStatement statement =
          CNodeFactory.getDefault().newExpressionStatement(expression);
      setRange(statement, expression);
      adjustEndOffset(statement, consume().getEndOffset());
      return statement;
    } catch (BacktrackException notSo) {
      return null;
    }
  }

  /** {@code NAME(x) = y;}, where the macro is a place, or the whole declares {@code x}. */
  private static boolean assignsToCall(IASTExpression expression) {
    return expression instanceof IASTBinaryExpression binary
        && binary.getOperator() == IASTBinaryExpression.op_assign
        && binary.getOperand1() instanceof IASTFunctionCallExpression;
  }

  private Guess guess() throws EndOfFileException {
    return switch (LT(1)) {
      case IToken.t_struct,
          IToken.t_union,
          IToken.t_enum,
          IToken.t_const,
          IToken.t_volatile,
          IToken.t_static,
          IToken.t_register,
          IToken.t_extern,
          IToken.t_void,
          IToken.t_char,
          IToken.t_short,
          IToken.t_int,
          IToken.t_long,
          IToken.t_unsigned,
          IToken.t_signed ->
          Guess.DECLARATION;
      case IToken.tIDENTIFIER -> afterName(LTcatchEOF(2));
      default -> Guess.NONE;
    };
  }

  private Guess afterName(int second) {
    return switch (second) {
      case IToken.tIDENTIFIER -> Guess.DECLARATION;
      case IToken.tARROW,
          IToken.tDOT,
          IToken.tINCR,
          IToken.tDECR,
          IToken.tASSIGN,
          IToken.tPLUSASSIGN,
          IToken.tMINUSASSIGN,
          IToken.tSTARASSIGN,
          IToken.tDIVASSIGN,
          IToken.tMODASSIGN,
          IToken.tSHIFTLASSIGN,
          IToken.tSHIFTRASSIGN,
          IToken.tAMPERASSIGN,
          IToken.tXORASSIGN,
          IToken.tBITORASSIGN ->
          Guess.EXPRESSION;
      // "name (*" may begin the declaration of a pointer to a function.
      case IToken.tLPAREN -> LTcatchEOF(3) == IToken.tSTAR ? Guess.NONE : Guess.EXPRESSION;
      default -> Guess.NONE;
    };
  }
}
