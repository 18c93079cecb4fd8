#pragma once

#include <string>
#include <utility>
#include <vector>

#include "account/attempts.hpp"
#include "service/account_token.hpp"
#include "service/accounts.hpp"
#include "service/audit_log.hpp"
#include "service/context.hpp"
#include "service/file_collection.hpp"
#include "service/file_storage.hpp"
#include "service/password_queue.hpp"
#include "service/sessions.hpp"
#include "service/storage_credentials.hpp"
#include "service/token_check.hpp"

namespace cript::api {

/// The use cases that the dialects call, and what they must know of the installation. Made once, in
/// src/server.
struct Application {
    Application(service::Context shared, blob::BlobStore& blobs, service::StorageLimits limits = {})
        : context(shared), files(context, blobs, std::move(limits)) {}

    service::Context context;
    service::PasswordQueue passwords;
    service::TokenCheck token_check{context};
    service::AccountToken account_token{context, token_check};
    service::Accounts accounts{context, token_check, passwords};
    service::Sessions sessions{context, passwords};
    service::AuditLog audit_log{context};
    service::FileStorage files;
    service::FileCollection file_collection{context, files};
    service::StorageCredentials storage_credentials{context};
    /// Failed tokens by address. It never refuses a valid token: it only turns one refusal into another.
    account::AttemptLimiter failed_tokens{2'000, std::chrono::milliseconds(50)};

    std::string version;
    std::string public_url;                    ///< as people reach the server; may be empty
    std::vector<std::string> hosts;            ///< further names that it answers for, with or without a port
    std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-… headers are believed
};

}  // namespace cript::api
