/// libcript: the C++ client of CRIPT. This one header is all of it.
#pragma once

#include "cript/api.hpp"
#include "cript/error.hpp"
#include "cript/json.hpp"
#include "cript/json_api.hpp"
#include "cript/options.hpp"
#include "cript/result.hpp"
#include "cript/token.hpp"
