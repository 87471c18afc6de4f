-- The secret of a day, made on first use. KEYS: secrets. ARGV: day, new secret. Gives nil when it was destroyed.
local floor = redis.call('HGET', KEYS[1], 'floor')
if floor and tonumber(ARGV[1]) < tonumber(floor) then return false end
local secret = redis.call('HGET', KEYS[1], ARGV[1])
if secret then return secret end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]
