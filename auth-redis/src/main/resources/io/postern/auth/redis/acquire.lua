-- Records a request if the rate allows it. KEYS: log. ARGV: now, the time up to which requests no longer count, limit,
-- life in ms, the latest possible time. Returns nothing if the request is admitted, else the number of recorded requests and the time of the oldest.
-- Times that a clock wrote before it was set back become the present. ZADD comes first: a server without memory rejects the
-- first command that writes.
local ahead = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[5], '+inf')
for _, member in ipairs(ahead) do
  local same = redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1])
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1] .. ' ' .. same)
  redis.call('ZREM', KEYS[1], member)
end
if #ahead > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
local counting = '(' .. ARGV[2]
local count = redis.call('ZCOUNT', KEYS[1], counting, '+inf')
if count >= tonumber(ARGV[3]) then
  local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], counting, '+inf', 'LIMIT', 0, 1)[1]
  return {count, oldest and string.match(oldest, '^%-?%d+') or ARGV[1]}
end
local same = redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1])
-- Again the first command that writes.
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1] .. ' ' .. same)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
return {}
