import { describe, expect, test } from '@jest/globals';
import { SetupFaults } from '../../src/core/errors.ts';
import { troubleOf } from '../../src/stores/redis/faults.ts';
import { parseRedisUrl } from '../../src/stores/redis/url.ts';
import { openTestStore } from '../support/redis-server.ts';

const node = (host: string, port: number) => ({ host, port });

describe('REDIS_URL', () => {
  test.each([
    ['redis://localhost', { kind: 'single', node: node('localhost', 6379), tls: false, database: 0 }],
    ['redis://localhost:7000/3', { kind: 'single', node: node('localhost', 7000), tls: false, database: 3 }],
    ['redis://[::1]:7000/', { kind: 'single', node: node('::1', 7000), tls: false, database: 0 }],
    [
      'rediss://ana:p%40ss%2F1@cache.example.org:6380',
      {
        kind: 'single',
        node: node('cache.example.org', 6380),
        tls: true,
        database: 0,
        username: 'ana',
        password: 'p@ss/1',
      },
    ],
    [
      'redis://:only-a-password@10.0.0.1',
      { kind: 'single', node: node('10.0.0.1', 6379), tls: false, database: 0, password: 'only-a-password' },
    ],
    [
      'redis+sentinel://:secret@one:26379,two,three:26380/puente/2',
      {
        kind: 'sentinel',
        nodes: [node('one', 26379), node('two', 26379), node('three', 26380)],
        name: 'puente',
        database: 2,
        password: 'secret',
      },
    ],
    [
      'redis+sentinel://one/puente',
      { kind: 'sentinel', nodes: [node('one', 26379)], name: 'puente', database: 0 },
    ],
    ['redis+cluster://a:7001,b:7002', { kind: 'cluster', nodes: [node('a', 7001), node('b', 7002)] }],
    ['redis+cluster://u:v@a/', { kind: 'cluster', nodes: [node('a', 6379)], username: 'u', password: 'v' }],
  ])('%s is understood', (url, address) => {
    expect(parseRedisUrl(url)).toEqual(address);
  });

  test.each([
    ['', 'does not begin with a known scheme'],
    ['localhost:6379', 'does not begin with a known scheme'],
    ['http://hunter2@localhost', 'does not begin with a known scheme'],
    ['redis://hunter2@', 'has a host or port that cannot be read'],
    ['redis://:hunter2@host:0', 'has a host or port that cannot be read'],
    ['redis://:hunter2@host:70000', 'has a host or port that cannot be read'],
    ['redis://:hunter2@host/one', 'has a database that is not a number'],
    ['redis://:hunter2@host/0/1', 'has a database that is not a number'],
    ['redis://:hunter2@one,two', 'names several hosts, which needs redis+sentinel or redis+cluster'],
    ['redis://:hunter2%zz@host', 'has a user or password that is not percent-encoded'],
    ['redis://:hunter2@host?tls=1', 'cannot be read'],
    ['redis://:hunter2/x@host', 'has a host or port that cannot be read'],
    ['redis+sentinel://:hunter2@one,two', 'does not say which name the sentinels watch'],
    ['redis+cluster://:hunter2@one/1', 'names a database, and a cluster has only one'],
  ])('%s is refused with a sentence that holds no credential', (url, what) => {
    const address = parseRedisUrl(url);
    expect(address).toEqual({
      kind: 'wrong',
      sentence: expect.stringContaining(`REDIS_URL ${what}; expected`),
    });
    expect(JSON.stringify(address)).not.toContain('hunter2');
  });

  test('a wrong address stops the opening as a fault of the settings', async () => {
    await expect(openTestStore('redis://:hunter2@one,two')).rejects.toBeInstanceOf(SetupFaults);
  });
});

describe('an error answer of Redis', () => {
  const replyError = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' });

  test.each([
    ["READONLY You can't write against a read only replica.", 'READONLY'],
    ['LOADING Redis is loading the dataset in memory', 'LOADING'],
    ['CLUSTERDOWN The cluster is down', 'CLUSTERDOWN'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'OOM'],
    ['MISCONF Errors writing to the AOF file: No space left on device', 'MISCONF'],
    ['ERR Error running script (call to f_0): @user_script:35: -OOM command not allowed', 'OOM'],
    ['ERR max number of clients reached', 'clients'],
  ])('%s means that the store cannot be used now', (message, word) => {
    expect(troubleOf(replyError(message))).toBe(word);
  });

  test('that names a mistake of ours is not taken for trouble', () => {
    expect(troubleOf(replyError('WRONGTYPE Operation against a key holding the wrong kind of value'))).toBe(
      undefined,
    );
  });
});
