-- Records a request if the rate allows it. KEYS: log. ARGV: now, what does not count any more, limit, life in ms.
-- Answers nothing if it is admitted, else how many are on record and when the oldest was.
local counting = '(' .. ARGV[2]
local count = redis.call('ZCOUNT', KEYS[1], counting, '+inf')
if count >= tonumber(ARGV[3]) then
  local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], counting, '+inf', 'LIMIT', 0, 1)[1]
  return {count, oldest and string.match(oldest, '^%-?%d+') or ARGV[1]}
end
local same = redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1])
-- The first command that writes is the one that a full server refuses.
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1] .. ' ' .. same)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
return {}
