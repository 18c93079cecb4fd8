#pragma once

#include "base/secret.hpp"
#include "cript/token.hpp"

namespace cript {

struct Token::Secret {
    base::SecretText text;  ///< without scheme words
};

}  // namespace cript
