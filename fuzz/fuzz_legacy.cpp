/// Reads any bytes as what the older dialect is sent: the body of a record or of a search, whose type the
/// first byte chooses, and a query of pages.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/legacy/document.hpp"
#include "api/legacy/page.hpp"
#include "api/legacy/search_filter.hpp"
#include "base/json_reader.hpp"

namespace {

using namespace cript;
using namespace cript::api::legacy;

void require(bool condition) {
    if (!condition) std::abort();
}

void check_error(const base::Error& error) {
    require(!error.message.empty());
    for (const auto& problem : error.problems) {
        require(!problem.message.empty());
        require(problem.pointer.empty() || problem.pointer.front() == '/');
    }
}

void check_draft(Draft& draft) {
    require(!draft.graph.nodes.empty());
    draft.keep_group(draft.group);
    for (const auto& node : draft.graph.nodes)
        require(base::JsonDocument::parse(node.attributes).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto types = record_types();
    const auto& type = types[data[0] % types.size()];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (auto draft = read_document(text, {.type = type})) {
        check_draft(*draft);
    } else {
        check_error(draft.error());
    }
    if (const auto filter = SearchFilter::read(text, type)) {
        // Whatever is asked, a record of the type is held against it.
        (void)filter->matches(
            R"({"uid":"x","name":"a","properties":[{"key":"density","value":1.5,"unit":"kg"}]})");
        (void)filter->matches(text);
    } else {
        check_error(filter.error());
    }
    if (const auto page = read_page_request(text)) {
        require(page->limit > 0);
        (void)page_json(*page, "http://x/api/material/", 3, {});
    }
    return 0;
}
