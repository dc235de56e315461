-- Revokes a family of one user. KEYS: family. ARGV: user.
-- Returns 1 if it was live.
local kept = redis.call('HMGET', KEYS[1], 'user', 'revoked')
if kept[1] ~= ARGV[1] or kept[2] then
  return 0
end
redis.call('HSET', KEYS[1], 'revoked', '1')
return 1
