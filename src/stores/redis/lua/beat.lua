-- Says that a worker lives, by the server's clock. KEYS: workers. ARGV: worker, lifetime. Gives all that live.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - ARGV[2]))
return redis.call('ZRANGE', KEYS[1], 0, -1)
