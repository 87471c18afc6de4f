-- KEYS: lease. ARGV: lease, lifetime. Gives 1, or 0 when it is no longer ours.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
