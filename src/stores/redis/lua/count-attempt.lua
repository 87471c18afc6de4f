-- Counts one attempt at an event that still waits. KEYS: attempts, inbox. ARGV: event, what. Gives the counts alone and threw.
if #redis.call('XRANGE', KEYS[2], ARGV[1], ARGV[1]) == 0 then return { 0, 0 } end
redis.call('HINCRBY', KEYS[1], ARGV[1] .. ':' .. ARGV[2], 1)
local counts = redis.call('HMGET', KEYS[1], ARGV[1] .. ':alone', ARGV[1] .. ':threw')
return { tonumber(counts[1] or 0), tonumber(counts[2] or 0) }
