-- A packed case and the wrapped key in the state of its conversation. KEYS: case, state.
local length = tonumber(redis.call('GETRANGE', KEYS[2], 10, 13)) or 0
local wrapped = ''
if length > 0 then wrapped = redis.call('GETRANGE', KEYS[2], 14, 13 + length) end
return { redis.call('GET', KEYS[1]), wrapped }
