-- For wrk: GETs of nodes picked at random from a file of UUIDs, with the Authorization header given.
--   wrk … -s random_nodes.lua URL -- UUID_FILE AUTHORIZATION

local paths = {}

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = "/api/v1/material/" .. line .. "/"
  end
  wrk.headers["Authorization"] = args[2]
  math.randomseed(42)
end

function request()
  return wrk.format("GET", paths[math.random(#paths)])
end

function done(summary, latency, _)
  io.write(string.format("requests %d\n", summary.requests))
  io.write(string.format("microseconds %d\n", summary.duration))
  io.write(string.format("p50 %d\n", latency:percentile(50)))
  io.write(string.format("p99 %d\n", latency:percentile(99)))
  local errors = summary.errors
  io.write(string.format("bad %d\n", errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
