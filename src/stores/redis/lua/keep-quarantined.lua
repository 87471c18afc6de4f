-- Shared beginning of the scripts that write a quarantine: one more entry, and the oldest go when it is too much.
-- The sum of all bodies is kept beside them.
local function keepQuarantined(stream, sum, most, source, at, reason, body)
  redis.call('XADD', stream, '*', 's', source, 'a', at, 'r', reason, 'b', body)
  local bytes = redis.call('INCRBY', sum, #body)
  local count = redis.call('XLEN', stream)
  while count > 1 and (count > tonumber(most.entries) or bytes > tonumber(most.bytes)) do
    local oldest = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
    redis.call('XDEL', stream, oldest[1])
    bytes = redis.call('DECRBY', sum, #oldest[2][8])
    count = count - 1
  end
end
