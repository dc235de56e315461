-- Changes fields of a row that exists. KEYS: row. ARGV: life in ms, 0 to leave it; fields and values.
-- Returns the user, the id and the creation of the row, or nothing.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {}
end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
if ARGV[1] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return redis.call('HMGET', KEYS[1], 'user', 'id', 'created')
