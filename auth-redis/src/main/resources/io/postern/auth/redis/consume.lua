-- Deletes a one-time secret of a purpose. KEYS: row. ARGV: purpose, now in microseconds.
-- Returns its fields and values; nothing if there is none, or it has expired.
local row = redis.call('HMGET', KEYS[1], 'id', 'expires')
if row[1] ~= ARGV[1] or tonumber(row[2]) <= tonumber(ARGV[2]) then
  return {}
end
local fields = redis.call('HGETALL', KEYS[1])
redis.call('DEL', KEYS[1])
return fields
