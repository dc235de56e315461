-- Enters a member into the index of a user. KEYS: index.
-- ARGV: member; life in ms, 0 for ever; the present in microseconds if a repeatable one may stand for it, else '';
-- the pending member that it takes the place of, or ''.
-- Answers the member that is there, and two by chance for the caller to look whether their rows still are.
if ARGV[3] ~= '' then
  for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local ends = string.match(member, '\tr(%-?%d*)$')
    if ends and (ends == '' or tonumber(ends) > tonumber(ARGV[3])) then
      return {member}
    end
  end
end
local left = redis.call('PTTL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, ARGV[1])
if ARGV[4] ~= '' then
  redis.call('ZREM', KEYS[1], ARGV[4])
end
if ARGV[2] == '0' then
  redis.call('PERSIST', KEYS[1])
elseif left ~= -1 and left < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
local some = redis.call('ZRANDMEMBER', KEYS[1], 2)
return {ARGV[1], unpack(some)}
