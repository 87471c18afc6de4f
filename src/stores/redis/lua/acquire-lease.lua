-- Takes a partition nobody holds. KEYS: lease, epoch, owner. ARGV: random, lifetime.
-- Gives nil when held, else the lease and whether the owner before crashed.
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local lease = string.format('%.0f', redis.call('INCR', KEYS[2])) .. ':' .. ARGV[1]
local crashed = redis.call('EXISTS', KEYS[3])
redis.call('SET', KEYS[1], lease, 'PX', ARGV[2])
redis.call('SET', KEYS[3], lease)
return { lease, crashed }
