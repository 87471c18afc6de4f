-- Destroys the secrets of all days before one. KEYS: secrets. ARGV: day.
local floor = redis.call('HGET', KEYS[1], 'floor')
if not floor or tonumber(floor) < tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], 'floor', ARGV[1]) end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if field ~= 'floor' and tonumber(field) < tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], field) end
end
return 1
