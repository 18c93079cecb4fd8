#include "service/find_similar.hpp"

#include <algorithm>

#include "service/text_similarity.hpp"

namespace cript::service {

namespace {

struct Ranked {
    double score;
    base::Uuid uuid;
    store::NodeId id;
};

bool comes_before(const Ranked& left, const Ranked& right) {
    if (left.score != right.score) return left.score > right.score;
    return left.uuid < right.uuid;
}

std::vector<Ranked> rank(const std::vector<store::IdentifiedNode>& nodes, const std::string& text) {
    const TextSimilarity similarity(text);
    std::vector<Ranked> ranked;
    ranked.reserve(nodes.size());
    for (const auto& node : nodes) {
        const auto score = similarity.to(node.value);
        if (score > 0) ranked.push_back({score, node.uuid, node.id});
    }
    return ranked;
}

/// Where the last page ended.
base::Result<Ranked> position_of(const std::vector<Ranked>& ranked, const SimilarRequest& request) {
    if (request.score) return Ranked{*request.score, *request.after, 0};
    const auto found = std::find_if(ranked.begin(), ranked.end(),
                                    [&](const Ranked& entry) { return entry.uuid == *request.after; });
    if (found != ranked.end()) return *found;
    return base::fail(base::ErrorKind::InvalidInput,
                      "'after' is not the uuid of a material of this list; send its 'score' too");
}

}  // namespace

base::Result<NodePage> find_similar(Context& context, const account::Caller& caller,
                                    const SimilarRequest& request) {
    return read<NodePage>(context.store, [&](store::Reader& reader) -> base::Result<NodePage> {
        auto nodes =
            reader.identified(list_query(caller, model::NodeType::Material, request.limit), request.field);
        CRIPT_CHECK(nodes);
        auto ranked = rank(*nodes, request.text);
        NodePage page;
        page.count = ranked.size();
        if (request.after) {
            auto position = position_of(ranked, request);
            CRIPT_CHECK(position);
            std::erase_if(ranked, [&](const Ranked& entry) { return !comes_before(*position, entry); });
        }
        const auto wanted = std::min<std::size_t>(request.limit, ranked.size());
        std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(wanted), ranked.end(),
                          comes_before);
        ranked.resize(wanted);

        std::vector<store::NodeId> ids;
        for (const auto& entry : ranked) ids.push_back(entry.id);
        auto rows = reader.nodes_with_ids(ids);
        CRIPT_CHECK(rows);
        CRIPT_CHECK(keep_visible(reader, caller, *rows));
        for (const auto& entry : ranked) {
            const auto row = std::find_if(rows->begin(), rows->end(),
                                          [&](const auto& candidate) { return candidate.id == entry.id; });
            if (row == rows->end()) continue;
            page.hits.push_back({*row, {}, entry.score});
        }
        CRIPT_CHECK(gather_around(reader, caller, page));
        return page;
    });
}

}  // namespace cript::service
