// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueHandler;
import org.eclipse.lsp4j.jsonrpc.MessageProducer;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.ConcurrentMessageProcessor;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;
import org.jspecify.annotations.Nullable;

/**
 * LSP4J's connection, except that a message is read whole before it is understood. Otherwise a
 * message that breaks off in the middle leaves its rest to be taken for the next one's header, and
 * everything after it is lost.
 */
final class Connection extends Launcher.Builder<PinionClient> {
  private @Nullable MessageJsonHandler json;
  private @Nullable RemoteEndpoint endpoint;

  @Override
  protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler jsonHandler) {
    RemoteEndpoint created = super.createRemoteEndpoint(jsonHandler);
    json = jsonHandler;
    endpoint = created;
    return created;
  }

  @Override
  protected ConcurrentMessageProcessor createMessageProcessor(
      MessageProducer reader, MessageConsumer consumer, PinionClient proxy) {
    if (json == null || endpoint == null) {
      throw new IllegalStateException("the endpoint is made before its reader");
    }
    return super.createMessageProcessor(new WholeMessages(input, json, endpoint), consumer, proxy);
  }

  private static final class WholeMessages extends StreamMessageProducer {
    private static final Logger LOG = Logger.getLogger(WholeMessages.class.getName());

    WholeMessages(InputStream input, MessageJsonHandler json, MessageIssueHandler issues) {
      super(input, json, issues);
    }

    @Override
    protected boolean handleMessage(InputStream input, Headers headers) {
      try {
        byte[] content = input.readNBytes(headers.contentLength);
        return super.handleMessage(new ByteArrayInputStream(content), headers);
      } catch (IOException e) {
        LOG.log(Level.INFO, "the client's end of the connection is broken", e);
        return false;
      } catch (StackOverflowError e) {
        LOG.log(Level.WARNING, "a message is nested too deeply to be read; it is left out");
        return true;
      }
    }
  }
}
