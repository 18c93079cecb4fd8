/// The raw query of a search: whatever comes, it is read or refused, and a text that was read can be sent
/// again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/v1/query.hpp"
#include "base/encoding.hpp"

namespace {

using cript::api::v1::read_search_query;

void require(bool holds) {
    if (!holds) std::abort();
}

void check_search(std::string_view raw) {
    const auto query = read_search_query(raw);
    if (!query) {
        require(!query.error().message.empty());
        require(!query.error().problems.empty());
        return;
    }
    require(query->limit >= 1 && query->limit <= 100);
    require(!query->text || cript::base::is_utf8(*query->text));
    std::string again = "limit=" + std::to_string(query->limit);
    if (query->after) again.append("&after=").append(query->after->text());
    if (query->text) again.append("&q=").append(cript::base::percent_encode(*query->text));
    const auto second = read_search_query(again);
    require(second.has_value());
    require(second->limit == query->limit);
    require(second->after == query->after);
    require(second->text == query->text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_search(bytes);
    static_cast<void>(cript::api::v1::read_node_query(bytes));
    return 0;
}
