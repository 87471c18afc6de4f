/** One host and port. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** Who we are to the server. */
export interface RedisLogin {
  readonly username?: string;
  readonly password?: string;
}

/** Where Redis is, read from `REDIS_URL`; `wrong` says what was expected and never repeats a credential. */
export type RedisAddress =
  | ({
      readonly kind: 'single';
      readonly node: RedisNode;
      readonly tls: boolean;
      readonly database: number;
    } & RedisLogin)
  | ({
      readonly kind: 'sentinel';
      readonly nodes: readonly RedisNode[];
      readonly name: string;
      readonly database: number;
    } & RedisLogin)
  | ({ readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] } & RedisLogin)
  | { readonly kind: 'wrong'; readonly sentence: string };

type Schemes = Readonly<
  Record<string, { readonly kind: 'single' | 'sentinel' | 'cluster'; readonly tls: boolean }>
>;

const schemes: Schemes = {
  redis: { kind: 'single', tls: false },
  rediss: { kind: 'single', tls: true },
  'redis+sentinel': { kind: 'sentinel', tls: false },
  'redis+cluster': { kind: 'cluster', tls: false },
};

const forms =
  'redis://host:port/db, rediss://host:port/db, redis+sentinel://h1:p,h2:p/name/db or redis+cluster://h1:p,h2:p';

const wrong = (what: string): RedisAddress => ({
  kind: 'wrong',
  sentence: `REDIS_URL ${what}; expected ${forms}`,
});

/** Reads `REDIS_URL` in one of its four forms (contract.md section 2). */
export function parseRedisUrl(url: string): RedisAddress {
  const shape = /^([a-z+]+):\/\/(?:([^/]*)@)?([^/@?#]*)((?:\/[^/?#]*)*)$/.exec(url.trim());
  const scheme = schemes[/^([a-z+]+):/.exec(url.trim())?.[1] ?? ''];
  if (scheme === undefined) return wrong('does not begin with a known scheme');
  if (shape === null) return wrong('cannot be read');
  const [, , login, hosts = '', path = ''] = shape;
  const credentials = parseLogin(login);
  if (credentials === undefined) return wrong('has a user or password that is not percent-encoded');
  const nodes = parseNodes(hosts, scheme.kind === 'sentinel' ? 26379 : 6379);
  const [first, ...others] = nodes ?? [];
  if (nodes === undefined || first === undefined) return wrong('has a host or port that cannot be read');
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  switch (scheme.kind) {
    case 'single':
      if (others.length > 0) return wrong('names several hosts, which needs redis+sentinel or redis+cluster');
      return withDatabase(parts, (database) => ({
        kind: 'single',
        node: first,
        tls: scheme.tls,
        database,
        ...credentials,
      }));
    case 'sentinel': {
      const [name, ...rest] = parts;
      if (name === undefined || name === '') return wrong('does not say which name the sentinels watch');
      return withDatabase(rest, (database) => ({ kind: 'sentinel', nodes, name, database, ...credentials }));
    }
    case 'cluster':
      if (parts.length > 0) return wrong('names a database, and a cluster has only one');
      return { kind: 'cluster', nodes, ...credentials };
  }
}

function withDatabase(parts: readonly string[], make: (database: number) => RedisAddress): RedisAddress {
  const [database = '0', ...rest] = parts;
  if (rest.length > 0 || !/^\d{1,5}$/.test(database)) return wrong('has a database that is not a number');
  return make(Number(database));
}

function parseLogin(login: string | undefined): RedisLogin | undefined {
  if (login === undefined || login === '') return {};
  const colon = login.indexOf(':');
  const [username, password] = colon < 0 ? ['', login] : [login.slice(0, colon), login.slice(colon + 1)];
  try {
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    };
  } catch {
    return undefined;
  }
}

function parseNodes(hosts: string, usualPort: number): readonly RedisNode[] | undefined {
  const nodes: RedisNode[] = [];
  for (const text of hosts.split(',')) {
    const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text);
    const host = match?.[1] ?? match?.[2];
    const port = Number(match?.[3] ?? usualPort);
    if (host === undefined || port < 1 || port > 65_535) return undefined;
    nodes.push({ host, port });
  }
  return nodes;
}
