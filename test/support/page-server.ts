import path from 'node:path';
import { buildPages } from '../../src/commands/build-pages.ts';
import type { ConversationId } from '../../src/core/ids.ts';
import type { OutboundMessage } from '../../src/core/message.ts';
import { securityHeaders } from '../../src/server/headers.ts';
import { createPagesRouter, type PagesOptions } from '../../src/server/pages.ts';
import { keptLog } from '../channels/whatsapp-surroundings.ts';
import type { DirectLineOptions } from '../../src/channels/directline/index.ts';
import { startDirectLine, type DirectLineServer } from './direct-line-server.ts';
import { mountSimulator, type PageSimulator } from './page-simulator.ts';
import { greeting, scriptedAnswer } from './scripted-bot.ts';

/** The repository. */
export const root = path.join(import.meta.dirname, '..', '..');

/** Our pages before a real Direct Line, a real stand-in for WhatsApp, and a bot that answers by a table. */
export interface PageServer extends DirectLineServer {
  /** Says something to every conversation there is. */
  say(message: OutboundMessage): void;
}

/** Builds the pages when they changed, and starts. `pages` and `directLine` override what those are given. */
export async function startPageServer(
  pages: Partial<PagesOptions> = {},
  directLine: Partial<DirectLineOptions> = {},
): Promise<PageServer> {
  await buildPages({ root, log: keptLog() });
  const router = createPagesRouter({
    distFolder: path.join(root, 'dist', 'pages'),
    localesFolder: path.join(root, 'locales'),
    organisation: {
      name: 'Casa Ejemplo <i>',
      contact: 'casa@example.org',
      phones: [{ name: 'Emergencias', number: '110' }],
    },
    defaultLanguage: 'es',
    isSimulatorShown: true,
    exitUrl: 'https://exit.example.org/',
    ...pages,
  });
  let simulator: PageSimulator | undefined;
  const server = await startDirectLine(directLine, (app) => {
    app.use(securityHeaders(false));
    app.use(router);
    simulator = mountSimulator(app);
  });
  simulator?.answerTo(server.url);
  const conversations = answerWebChat(server);
  return {
    ...server,
    say: (message) => {
      for (const conversation of conversations) append(server, conversation, message);
    },
    close: async () => {
      await simulator?.close();
      await server.close();
    },
  };
}

function append(server: DirectLineServer, conversation: ConversationId, message: OutboundMessage): void {
  const { outlet } = server.directLine;
  if (outlet.kind === 'logs') server.inbox.append(conversation, outlet.toLogEntry(message, conversation));
}

function answerWebChat(server: DirectLineServer): ReadonlySet<ConversationId> {
  const conversations = new Set<ConversationId>();
  server.inbox.onEvent((conversation, received) => {
    conversations.add(conversation);
    if (received === undefined) {
      append(server, conversation, greeting);
      return;
    }
    const answer = scriptedAnswer(received.message.content);
    if (answer.kind === 'erase') server.inbox.erase(conversation);
    append(server, conversation, answer.message);
  });
  return conversations;
}
