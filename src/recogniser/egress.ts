import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';

/** What is looked at of an answer. */
interface HostAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Where calls may go: the host of `baseUrl` and no other. `fetch` and `lookup` are for tests. */
export interface EgressOptions {
  readonly baseUrl: string;
  readonly isProduction: boolean;
  readonly fetch?: (url: string, init: RequestInit) => Promise<HostAnswer>;
  readonly lookup?: (host: string, found: (fault: Error | null, addresses: LookupAddress[]) => void) => void;
}

/** A fetch for one host, and how to let its connections go. */
export interface Egress {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** A call that was not made, or whose answer was not taken. Says why, never what was sent. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused';
}

const longestAnswer = 64 * 1024;
const sentHeaders = ['authorization', 'content-type', 'accept'];
const loopback = blockListOf(['127.0.0.0/8', '::1/128']);
/** Networks nobody outside can be in (RFC 6890): this machine's own, the operator's, reserved ones. */
const inside = blockListOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b::/96',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]);

/**
 * Calls one host only, follows no redirect, takes no long answer, sends no header but the needed ones, and connects to
 * no address inside (safety.md H14); a service on this machine may be called outside production.
 */
export function createEgress(options: EgressOptions): Egress {
  const base = new URL(options.baseUrl);
  const allowed = allowedAddress(base, options.isProduction);
  const agent = new Agent({ connect: { lookup: checkedLookup(options.lookup ?? systemAddresses, allowed) } });
  const call = options.fetch ?? callThrough(agent);
  return {
    fetch: async (input, init = {}) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin !== base.origin) throw new EgressRefused('another host');
      const literal = url.hostname.replace(/^\[|\]$/gu, '');
      if (isIP(literal) !== 0 && !allowed(literal)) throw new EgressRefused('an address inside');
      const headers = onlyNeeded(init.headers);
      const response = await call(url.href, { ...init, headers, redirect: 'manual' });
      if (response.status >= 300 && response.status < 400) {
        await dropped(response);
        throw new EgressRefused('a redirect');
      }
      return await shortened(response);
    },
    close: () => agent.close(),
  };
}

function callThrough(dispatcher: Agent): NonNullable<EgressOptions['fetch']> {
  return async (url, init) => {
    // Undici's own types of the same web standards.
    const sent = { ...init, dispatcher } as Parameters<typeof undiciFetch>[1];
    return await undiciFetch(url, sent);
  };
}

function allowedAddress(base: URL, isProduction: boolean): (address: string) => boolean {
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(base.hostname);
  const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (address) =>
    isLoopback && !isProduction
      ? loopback.check(address, family(address))
      : !inside.check(address, family(address));
}

/** Checks the very address that is connected to, so that a name cannot lead elsewhere a moment later. */
function checkedLookup(
  resolve: NonNullable<EgressOptions['lookup']>,
  allowed: (address: string) => boolean,
): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host, (fault, addresses) => {
      const [first] = addresses;
      if (fault !== null || first === undefined)
        return callback(fault ?? new EgressRefused('no address'), []);
      if (!addresses.every(({ address }) => allowed(address)))
        return callback(new EgressRefused('an address inside'), []);
      if (all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

const systemAddresses: NonNullable<EgressOptions['lookup']> = (host, found) => {
  systemLookup(host, { all: true }, (fault, addresses) => {
    found(fault, fault === null ? addresses : []);
  });
};

function onlyNeeded(headers: RequestInit['headers']): Headers {
  const all = new Headers(headers);
  const needed = new Headers();
  for (const name of sentHeaders) {
    const value = all.get(name);
    if (value !== null) needed.set(name, value);
  }
  return needed;
}

/** Lets the connection go without reading what came. */
async function dropped({ body }: HostAnswer): Promise<void> {
  await body?.[Symbol.asyncIterator]().return?.();
}

async function shortened(response: HostAnswer): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (length > longestAnswer) throw new EgressRefused('too long an answer');
    chunks.push(chunk);
  }
  const { status } = response;
  const type = response.headers.get('content-type');
  const headers = type === null ? {} : { 'content-type': type };
  return new Response(status === 204 || status === 205 ? null : Buffer.concat(chunks), { status, headers });
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
