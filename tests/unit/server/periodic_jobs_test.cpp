#include "server/periodic_jobs.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "unit/service/installation.hpp"

namespace cript::server {
namespace {

/// A store of contents whose removals take as long as the test wants.
class SlowBlobs final : public blob::BlobStore {
  public:
    explicit SlowBlobs(std::unique_ptr<blob::BlobStore> inside) : inside_(std::move(inside)) {}

    base::Result<std::unique_ptr<blob::Spool>> begin() override { return inside_->begin(); }
    base::Result<void> put(blob::Spool& spool) override { return inside_->put(spool); }
    base::Result<std::unique_ptr<blob::BlobReader>> open(const crypto::Digest& digest) override {
        return inside_->open(digest);
    }
    base::Result<void> remove(const crypto::Digest& digest) override {
        ++removals;
        began.set_value();
        goes_on.get_future().wait();
        return inside_->remove(digest);
    }
    [[nodiscard]] std::string name() const override { return "slow"; }
    void end() override { goes_on.set_value(); }

    int removals = 0;
    std::promise<void> began;
    std::promise<void> goes_on;

  private:
    std::unique_ptr<blob::BlobStore> inside_;
};

/// This server does the jobs.
class OnlyServer final : public store::Watch {
  public:
    [[nodiscard]] bool does_the_jobs() const override { return true; }
};

class JobsDuringACollection : public service::test::Installation {
  protected:
    void SetUp() override {
        Installation::SetUp();
        if (HasFatalFailure()) return;
        blobs_.emplace(std::move(*blob::open_filesystem(folder_ / "blobs")));
        application_.emplace(context(), *blobs_);
        ada_ = caller("ada");
        leave_a_content("one");
        leave_a_content("another");
        clock_.advance(std::chrono::hours(2));
        jobs_.emplace(*application_, watch_);
        blobs_->began.get_future().wait();
    }
    /// One that was put and never used.
    void leave_a_content(std::string_view content) {
        auto spool = application_->files.receive(ada_, {"cript-user-data", "key"}, content.size());
        ASSERT_TRUE(spool);
        EXPECT_TRUE((*spool)->write(content));
        const auto& digests = (*spool)->finish();
        EXPECT_TRUE(store_->write([&](store::Writer& writer) -> base::Result<void> {
            CRIPT_CHECK(writer.claim_blob(digests.sha256, digests.size, clock_.now()));
            return {};
        }));
        EXPECT_TRUE(blobs_->put(**spool));
    }

    std::optional<SlowBlobs> blobs_;
    std::optional<api::Application> application_;
    account::Caller ada_;
    OnlyServer watch_;
    std::optional<PeriodicJobs> jobs_;
};

TEST_F(JobsDuringACollection, SealTheAuditLogAllTheSame) {
    ASSERT_TRUE(store_->write([&](store::Writer& writer) {
        return writer.append_audit(clock_.now(),
                                   {ada_.account, "token.revealed", "session", "192.0.2.1", "Firefox", ""});
    }));
    const auto unsealed = [&] {
        const auto verified = application_->audit_log.verify();
        EXPECT_TRUE(verified);
        return verified->unsealed;
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (unsealed() > 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(unsealed(), 0U) << "a removal holds it up";
    application_->files.end();
}

TEST_F(JobsDuringACollection, RemoveNothingMoreWhenTheServerEnds) {
    application_->files.end();
    jobs_.reset();
    EXPECT_EQ(blobs_->removals, 1);
}

}  // namespace
}  // namespace cript::server
