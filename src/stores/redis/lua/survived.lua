-- Takes back one lonely attempt. KEYS: attempts. ARGV: event.
local field = ARGV[1] .. ':alone'
local count = tonumber(redis.call('HGET', KEYS[1], field) or 0)
if count > 1 then redis.call('HINCRBY', KEYS[1], field, -1) else redis.call('HDEL', KEYS[1], field) end
return 1
