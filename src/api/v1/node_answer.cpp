#include "api/v1/node_answer.hpp"

#include <fmt/format.h>

#include "api/envelope.hpp"
#include "api/v1/answer.hpp"
#include "api/v1/errors.hpp"
#include "service/read_node.hpp"

namespace cript::api::v1 {

std::optional<Address> address_of(const http::Request& request) {
    const auto type = model::node_type_with_slug(request.parameters[0]);
    const auto uuid = base::Uuid::parse(request.parameters[1]);
    if (!type || !uuid) return std::nullopt;
    return Address{*type, *uuid};
}

std::string etag_of(std::int64_t revision) {
    return fmt::format("\"{}\"", revision);
}

http::Response saved_answer(const Call& call, model::NodeType type, const service::SaveOutcome& outcome) {
    auto saved = service::read_single(call.application.context, call.caller(), type, outcome.root);
    if (!saved && saved.error().kind != base::ErrorKind::NotFound) return failure(saved.error());
    std::string data(R"({"result":[)");
    if (saved) {
        append_single(data, saved->row, saved->accounts);
    } else {
        // Whoever takes their own rights away has saved all the same.
        data.append(fmt::format(R"({{"node":["{0}"],"uid":"_:{1}","uuid":"{1}"}})", model::info(type).name,
                                outcome.root.text()));
    }
    data.append(fmt::format(R"(],"count":1,"created":{},"changed":{},"unchanged":{}}})", outcome.created,
                            outcome.changed, outcome.unchanged));
    auto response = success(data, outcome.warnings);
    response.with("ETag", etag_of(outcome.revision));
    return response;
}

}  // namespace cript::api::v1
