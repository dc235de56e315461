-- Removes a row of one user and id. KEYS: row. ARGV: user, id.
-- Returns its fields and values, or nothing if there was no such row.
local whose = redis.call('HMGET', KEYS[1], 'user', 'id')
if whose[1] ~= ARGV[1] or whose[2] ~= ARGV[2] then
  return {}
end
local row = redis.call('HGETALL', KEYS[1])
redis.call('DEL', KEYS[1])
return row
