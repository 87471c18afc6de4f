-- KEYS: log, state. ARGV: after, limit. Gives the length, the wrapped key in the state or '', and the entries.
local length = tonumber(redis.call('GETRANGE', KEYS[2], 10, 13)) or 0
local wrapped = ''
if length > 0 then wrapped = redis.call('GETRANGE', KEYS[2], 14, 13 + length) end
local entries = {}
if tonumber(ARGV[2]) > 0 then
  entries = redis.call('LRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1)
end
return { redis.call('LLEN', KEYS[1]), wrapped, entries }
