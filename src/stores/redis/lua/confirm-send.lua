-- A status came for an entry. KEYS: marks. ARGV: entry. The mark is `attempt at confirmed`.
local mark = redis.call('HGET', KEYS[1], ARGV[1])
if not mark then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], string.sub(mark, 1, -2) .. '1')
return 1
