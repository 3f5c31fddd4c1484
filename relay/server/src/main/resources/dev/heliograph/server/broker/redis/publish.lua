-- Stores a publication and delivers it, in one step: whoever hears an offset finds it in the history.
-- KEYS: 1 stream, 2 meta, 3 tenure of the partition, 4 result of the idempotency key if there is one
-- ARGV: 1 publication, 2 pub/sub channel, 3 history size, 4 history ttl ms, 5 meta ttl ms, 6 epoch if a new one is
--       needed, 7 idempotency ttl ms or 0, 8 version in 20 digits or empty, 9 version epoch, 10 PUBLISH or SPUBLISH,
--       11 time of the publishing node
-- Returns epoch, offset, 1 if nothing was published.
if ARGV[7] ~= '0' then
  local known = redis.call('HMGET', KEYS[4], 'e', 'o')
  if known[1] then
    return {known[1], known[2], 1}
  end
end
local meta = redis.call('HMGET', KEYS[2], 'e', 'o', 'v', 'w', 't', 'p')
local tenure = redis.call('HGET', KEYS[3], 'i') or ''
local epoch = meta[1]
if not epoch then
  -- What an expired epoch has left behind belongs to no one.
  epoch = ARGV[6]
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[2], 'e', epoch, 'o', '0', 't', tenure)
elseif meta[5] ~= tenure then
  -- Offsets above this one may have been given before, in what this server has not got. The old
  -- end is kept; of the latest dozen or so.
  redis.call('HSET', KEYS[2], 'e', ARGV[6], 't', tenure, 'p',
    string.match(string.sub(epoch .. ':' .. meta[2] .. ';' .. (meta[6] or ''), 1, 512), '.*;'))
  epoch = ARGV[6]
end
redis.call('PEXPIRE', KEYS[2], ARGV[5])
if ARGV[8] ~= '' then
  if meta[3] and meta[4] == ARGV[9] and meta[3] >= ARGV[8] then
    return {epoch, meta[2], 1}
  end
  redis.call('HSET', KEYS[2], 'v', ARGV[8], 'w', ARGV[9])
end
local offset = string.format('%.0f', redis.call('HINCRBY', KEYS[2], 'o', 1))
redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[3], offset .. '-0', 'd', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call(ARGV[10], ARGV[2], 'p' .. epoch .. ':' .. offset .. ':' .. ARGV[11] .. ':' .. ARGV[1])
if ARGV[7] ~= '0' then
  redis.call('HSET', KEYS[4], 'e', epoch, 'o', offset)
  redis.call('PEXPIRE', KEYS[4], ARGV[7])
end
return {epoch, offset, 0}
