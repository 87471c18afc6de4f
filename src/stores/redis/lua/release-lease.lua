-- Gives a partition back. KEYS: lease, owner. ARGV: lease. A late release after the lease ran out is no crash either.
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1
