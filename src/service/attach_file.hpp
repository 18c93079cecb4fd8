#pragma once

#include "service/context.hpp"

namespace cript::service {

/// Makes a stored file the content of a File node, whose source is its key from then on.
/// Errors: NotFound for the node; Forbidden; InvalidInput if the node says another SHA-256 than the file has.
[[nodiscard]] base::Result<void> attach_file(Context& context, const account::Caller& caller,
                                             const base::Uuid& node, const store::StoredFileRow& file);

/// Errors: NotFound, Forbidden: may the caller give this File node a content?
[[nodiscard]] base::Result<store::NodeRow> file_to_fill(Context& context, const account::Caller& caller,
                                                        const base::Uuid& node);

/// The SHA-256 that a File node says its content has; empty if it does not say.
[[nodiscard]] std::string announced_sha256(const store::NodeRow& file);

}  // namespace cript::service
