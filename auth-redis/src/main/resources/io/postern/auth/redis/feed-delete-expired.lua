-- Deletes expired entries. KEYS: feed by position, feed by end, then one for each entry. ARGV: a member of the feed for each.
-- Returns how many existed.
local gone = 0
for i, member in ipairs(ARGV) do
  if redis.call('ZREM', KEYS[2], member) == 1 then
    redis.call('ZREM', KEYS[1], member)
    gone = gone + 1
    if redis.call('GET', KEYS[i + 2]) == string.match(member, '\t(%-?%d+\t%-?%d+)$') then
      redis.call('DEL', KEYS[i + 2])
    end
  end
end
return gone
