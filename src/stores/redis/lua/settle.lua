-- Ends a send. KEYS: outbox, marks. ARGV: entry.
redis.call('XDEL', KEYS[1], ARGV[1])
return redis.call('HDEL', KEYS[2], ARGV[1])
