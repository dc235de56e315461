-- Counts an attempt to use a one-time secret of a purpose. KEYS: row. ARGV: purpose, now in microseconds.
-- Returns its fields and values after that; nothing if there is none, it has expired, or no attempt is left.
local row = redis.call('HMGET', KEYS[1], 'id', 'expires', 'attempts')
if row[1] ~= ARGV[1] or tonumber(row[2]) <= tonumber(ARGV[2]) or tonumber(row[3]) < 1 then
  return {}
end
redis.call('HINCRBY', KEYS[1], 'attempts', -1)
return redis.call('HGETALL', KEYS[1])
