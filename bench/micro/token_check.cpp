// What the check of a token costs by itself: read out of the header, digested, found in memory or in the
// database.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "account/token.hpp"
#include "crypto/key.hpp"
#include "service/account_token.hpp"
#include "service/accounts.hpp"

namespace {

using namespace cript;

template <class Value>
Value must(base::Result<Value> result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::abort();
    }
    return std::move(*result);
}

/// An account with its token in a database of its own.
class OneAccount {
  public:
    OneAccount() {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        keys_.emplace(must(crypto::KeyRing::create(folder_ / "keyring", clock_.now())));
        store_ = must(store::open_sqlite(folder_ / "cript.db"));
        context_.emplace(service::Context{*store_, *keys_, clock_});
        check_.emplace(*context_);
        service::Accounts accounts(*context_, *check_, passwords_);
        const account::AuditEvent event{0, "account.created", "operator", "", "", ""};
        const auto ada = must(accounts.create(
            {"ada", "ada@example.org", base::SecretText("a password to measure"), true}, event));
        service::AccountToken token(*context_, *check_);
        text_ = std::string(must(token.reveal({ada.id, "token.revealed", "operator", "", "", ""})).reveal());
    }
    ~OneAccount() {
        check_.reset();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    OneAccount(const OneAccount&) = delete;
    OneAccount& operator=(const OneAccount&) = delete;

    [[nodiscard]] bool check() {
        return check_->check(account::secret_of_header(text_), origin_).has_value();
    }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const crypto::KeyRing& keys() const { return *keys_; }
    base::ManualClock& clock() { return clock_; }

  private:
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / "cript-micro-bench";
    base::ManualClock clock_{{1'700'000'000'000'000}};
    std::optional<crypto::KeyRing> keys_;
    std::unique_ptr<store::Store> store_;
    std::optional<service::Context> context_;
    std::optional<service::TokenCheck> check_;
    service::PasswordQueue passwords_;
    service::Origin origin_{"127.0.0.1", "micro"};
    std::string text_;
};

void digest_of_a_token(benchmark::State& state) {
    const OneAccount account;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            account::token_digest(account.keys().active(), account::secret_of_header(account.text())));
    }
}
BENCHMARK(digest_of_a_token);

void check_of_a_remembered_token(benchmark::State& state) {
    OneAccount account;
    for (auto _ : state) {
        if (!account.check()) state.SkipWithError("refused");
    }
}
BENCHMARK(check_of_a_remembered_token);

void check_of_a_token_in_the_database(benchmark::State& state) {
    OneAccount account;
    for (auto _ : state) {
        account.clock().advance(std::chrono::milliseconds(701));
        if (!account.check()) state.SkipWithError("refused");
    }
}
BENCHMARK(check_of_a_token_in_the_database);

}  // namespace

int main(int argc, char** argv) {
    cript::crypto::initialise();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
