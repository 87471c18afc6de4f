-- Shared beginning of the scripts that write a conversation's log.
-- An entry is 13 digits of milliseconds (the server's clock, strictly increasing), then the sealed activity.
local function appendToLog(key, conversation, body)
  local time = redis.call('TIME')
  local stamp = time[1] * 1000 + math.floor(time[2] / 1000)
  local last = redis.call('LINDEX', key, -1)
  if last then stamp = math.max(stamp, tonumber(string.sub(last, 1, 13)) + 1) end
  local serial = redis.call('RPUSH', key, string.format('%013.0f', stamp) .. body)
  return { serial, stamp }
end
