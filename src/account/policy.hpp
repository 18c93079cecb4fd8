#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/uuid.hpp"
#include "model/model.hpp"

namespace cript::account {

/// How a caller proved who they are.
enum class Credential : std::uint8_t { Token, Session };

/// Who is asking.
struct Caller {
    std::int64_t account = 0;
    base::Uuid uuid;
    bool is_admin = false;  ///< of the server
    Credential credential = Credential::Token;
    std::int64_t credential_id = 0;  ///< of the token or session, for the audit log
};

enum class Action : std::uint8_t { Read, Change, Delete, Administer };

enum class Role : std::uint8_t { None, Member, Admin };

/// What the policy needs to know of a node: facts that the store holds, no more.
struct Target {
    model::NodeType type;
    bool has_project = false;  ///< is owned by a project
    Role role = Role::None;    ///< of the caller in that project
    bool project_is_public = false;
    bool project_is_locked = false;
    bool is_locked = false;
    bool created_by_caller = false;
};

enum class Verdict : std::uint8_t {
    Allowed,
    Hidden,  ///< answered as if it did not exist
    Denied,  ///< the caller may see it, not do this
    Locked,  ///< would be allowed were it not locked
};

/// The one place that decides about nodes. Every read, change, deletion, hit and count passes here.
[[nodiscard]] Verdict decide(const Caller& caller, Action action, const Target& target);

}  // namespace cript::account
