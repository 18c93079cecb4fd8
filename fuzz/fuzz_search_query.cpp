/// The three forms in which a search is asked, on any bytes: what is taken is what holds of a search.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/v1/query.hpp"
#include "base/encoding.hpp"

namespace {

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(cript::api::v1::read_search_query(bytes));
    check(cript::api::v1::read_child_query(bytes));
    check(cript::api::v1::read_search_body(bytes));
    return 0;
}
