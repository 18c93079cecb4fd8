#pragma once

#include "store/types.hpp"

namespace cript::store {

/// Is told what the servers of one database do to what is remembered of it. On a thread of the watch's own:
/// must return soon.
class Watcher {
  public:
    virtual ~Watcher() = default;
    /// The tokens or the state of an account were changed, by this server or another.
    virtual void account_changed(AccountId account) = 0;
    /// Nobody knows what was missed.
    virtual void changes_missed() = 0;
};

/// Tells a Watcher until its own end, and takes part in choosing the one server that does the jobs of the
/// database.
class Watch {
  public:
    virtual ~Watch() = default;
    /// Is this the server that does the jobs? Of all that watch a database at most one is, and one soon
    /// after the last one has gone.
    [[nodiscard]] virtual bool does_the_jobs() const = 0;
};

}  // namespace cript::store
