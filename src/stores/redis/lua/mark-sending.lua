-- Says that a send begins. KEYS: lease, outbox, marks. ARGV: lease, entry, mark. Gives 1, or 0: do not send.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if #redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[2]) == 0 then return 0 end
redis.call('HSET', KEYS[3], ARGV[2], ARGV[3])
return 1
