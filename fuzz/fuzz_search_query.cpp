/// The three forms in which a search is asked and the options of a save, on any bytes: what is taken is what
/// holds of a search, and a text that was read can be sent again.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/v1/query.hpp"
#include "base/encoding.hpp"

namespace {

using cript::api::v1::read_search_query;
using cript::api::v1::SearchQuery;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const cript::base::Result<SearchQuery>& query) {
    if (!query) return require(!query.error().message.empty());
    require(query->limit >= 1 && query->limit <= 100);
    require(!query->score || std::isfinite(*query->score));
    require(!query->text || cript::base::is_utf8(*query->text));
    require(!query->after || !query->after->is_nil());
}

void check_again(const SearchQuery& query) {
    std::string again = "limit=" + std::to_string(query.limit);
    if (query.after) again.append("&after=").append(query.after->text());
    if (query.text) again.append("&q=").append(cript::base::percent_encode(*query.text));
    const auto second = read_search_query(again);
    require(second.has_value());
    require(second->limit == query.limit);
    require(second->after == query.after);
    require(second->text == query.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto query = read_search_query(bytes);
    check(query);
    if (query) check_again(*query);
    check(cript::api::v1::read_child_query(bytes));
    check(cript::api::v1::read_search_body(bytes));
    static_cast<void>(cript::api::v1::read_node_query(bytes));
    return 0;
}
