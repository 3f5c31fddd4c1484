-- The members of a channel: who is in it until when.
-- KEYS: 1 client -> end (sorted set), 2 client -> info, 3 client -> user, 4 user -> how many clients
-- ARGV: 1 add, remove, members or count; 2 client; 3 user; 4 info; 5 ttl ms
local function forget(client)
  redis.call('ZREM', KEYS[1], client)
  redis.call('HDEL', KEYS[2], client)
  local user = redis.call('HGET', KEYS[3], client)
  if user then
    redis.call('HDEL', KEYS[3], client)
    if redis.call('HINCRBY', KEYS[4], user, -1) <= 0 then
      redis.call('HDEL', KEYS[4], user)
    end
  end
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, client in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  forget(client)
end

if ARGV[1] == 'add' then
  local user = redis.call('HGET', KEYS[3], ARGV[2])
  if user and user ~= ARGV[3] then
    forget(ARGV[2])
    user = false
  end
  if not user then
    redis.call('HSET', KEYS[3], ARGV[2], ARGV[3])
    redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
  end
  redis.call('ZADD', KEYS[1], now + ARGV[5], ARGV[2])
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[4])
  -- The keys end with their last member.
  for i = 1, 4 do
    if redis.call('PTTL', KEYS[i]) < tonumber(ARGV[5]) then
      redis.call('PEXPIRE', KEYS[i], ARGV[5])
    end
  end
elseif ARGV[1] == 'remove' then
  forget(ARGV[2])
elseif ARGV[1] == 'members' then
  return redis.call('HGETALL', KEYS[2])
elseif ARGV[1] == 'count' then
  return {redis.call('ZCARD', KEYS[1]), redis.call('HLEN', KEYS[4])}
end
return 0
