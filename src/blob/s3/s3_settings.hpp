#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "outbound/signed_client.hpp"

namespace cript::blob {

/// How a bucket is reached. What names it stands in the URL of the store: `s3://BUCKET[/PREFIX]`.
struct S3Settings {
    std::string endpoint;  ///< `https://HOST[:PORT]`; empty: Amazon's of the region
    std::string region = "us-east-1";
    std::string addressing;             ///< `path` or `host`; empty: host at Amazon, else path
    std::filesystem::path ca_file;      ///< PEM; empty: what the system trusts
    std::filesystem::path credentials;  ///< empty: the variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, …
    std::filesystem::path incoming;     ///< folder of this machine for contents on their way in
    std::chrono::seconds timeout{30};   ///< while no byte moves
};

/// A bucket, with what is needed to call it.
struct S3Place {
    std::string bucket;
    std::string prefix;  ///< empty, or ending in a slash
    std::string origin;
    bool bucket_in_path = true;

    /// The path of an object, or of the bucket.
    [[nodiscard]] std::string path_of(std::string_view key) const;
};

/// Errors: InvalidInput, for a URL or a setting that cannot be, naming it.
[[nodiscard]] base::Result<S3Place> read_place(const std::string& url, const S3Settings& settings);

/// The keys, from the file (which only its owner may read) or from the environment. Lines of the file are
/// `aws_access_key_id = …`, `aws_secret_access_key = …` and, for keys that are lent, `aws_session_token = …`.
/// Errors: InvalidInput, naming what is missing or who may read the file, never a key.
[[nodiscard]] base::Result<outbound::Signer> read_signer(const S3Settings& settings);

}  // namespace cript::blob
