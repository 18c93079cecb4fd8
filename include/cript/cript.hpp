/// libcript: the C++ client of CRIPT. This one header is all of it.
#pragma once

#include "cript/api.hpp"
#include "cript/error.hpp"
#include "cript/json.hpp"
#include "cript/json_api.hpp"
#include "cript/node.hpp"
#include "cript/nodes.hpp"
#include "cript/options.hpp"
#include "cript/result.hpp"
#include "cript/revision.hpp"
#include "cript/search.hpp"
#include "cript/terms.hpp"
#include "cript/token.hpp"
#include "cript/transfer.hpp"
#include "cript/value.hpp"
