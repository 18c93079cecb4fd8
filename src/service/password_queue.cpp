#include "service/password_queue.hpp"

#include "crypto/password_hash.hpp"

namespace cript::service {

/// One of the places in which a hash may run; empty if none came free in time.
class PasswordQueue::Place {
  public:
    explicit Place(PasswordQueue& queue) : queue_(queue) {
        std::unique_lock lock(queue_.mutex_);
        if (queue_.queued_ >= queue_.waiting_) return;
        ++queue_.queued_;
        taken_ =
            queue_.freed_.wait_for(lock, kLongestWait, [this] { return queue_.running_ < queue_.at_once_; });
        --queue_.queued_;
        if (taken_) ++queue_.running_;
    }
    ~Place() {
        if (!taken_) return;
        {
            const std::scoped_lock lock(queue_.mutex_);
            --queue_.running_;
        }
        queue_.freed_.notify_one();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] bool is_taken() const { return taken_; }

  private:
    PasswordQueue& queue_;
    bool taken_ = false;
};

namespace {
tl::unexpected<base::Error> busy() {
    return base::fail(base::ErrorKind::Unavailable, "too many people are signing in; try again in a moment");
}
}  // namespace

base::Result<std::string> PasswordQueue::hash(std::string_view password) {
    const Place place(*this);
    if (!place.is_taken()) return busy();
    return crypto::hash_password(password);
}

base::Result<bool> PasswordQueue::verify(std::string_view password, const std::string& hash) {
    const Place place(*this);
    if (!place.is_taken()) return busy();
    return crypto::verify_password(password, hash);
}

base::Result<void> PasswordQueue::pretend(std::string_view password) {
    static const std::string kNobody =
        crypto::hash_password("the password of an account that does not exist");
    auto verified = verify(password, kNobody);
    CRIPT_CHECK(verified);
    return {};
}

}  // namespace cript::service
