#include "service/record_uniqueness.hpp"

#include <algorithm>
#include <cctype>

#include "base/json_reader.hpp"
#include "service/node_page.hpp"

namespace cript::service {

namespace {

using model::FieldName;
using model::NodeType;
using store::NodeRow;

/// The text at a JSON Pointer of some attributes, or nothing.
std::optional<std::string> text_at(std::string_view attributes, std::string_view pointer) {
    const auto document = base::JsonDocument::parse(attributes);
    std::string_view text;
    if (!document || document->root().at_pointer(pointer).get(text) != simdjson::SUCCESS) return std::nullopt;
    return std::string(text);
}

/// Does the record change, or bring, the text there?
bool is_new_text(const model::GraphNode& record, const NodeRow* stored, std::string_view pointer) {
    const auto sent = text_at(record.attributes, pointer);
    return sent && (stored == nullptr || text_at(stored->attributes, pointer) != sent);
}

/// Looks for one other node among candidates.
class Judge {
  public:
    Judge(store::Reader& reader, const account::Caller& caller, const model::GraphNode& record,
          const NodeRow* stored)
        : reader_(reader), caller_(caller), record_(record), stored_(stored) {}

    base::Result<void> refuse_name(const RecordPlace& place, std::string_view parent) {
        if (record_.name.empty() || (stored_ != nullptr && stored_->name == record_.name)) return {};
        auto other = reader_.child_named(*place.parent, place.field, record_.type, record_.name);
        CRIPT_CHECK(other);
        if (!*other) return {};
        return refuse({std::move(**other)}, std::string(parent).append(" and name"));
    }

    base::Result<void> refuse_content(const RecordPlace& place) {
        constexpr auto kChecksum = "/legacy/checksum";
        if (!is_new_text(record_, stored_, kChecksum)) return {};
        auto rows = reader_.nodes_identified(NodeType::File, FieldName::Source,
                                             *text_at(record_.attributes, kChecksum));
        CRIPT_CHECK(rows);
        std::erase_if(*rows, [&](const NodeRow& row) { return row.project != place.project; });
        return refuse(std::move(*rows), "project and checksum");
    }

    base::Result<void> refuse_reference() {
        for (const auto& [field, pointer] :
             {std::pair(FieldName::Doi, "/doi"), {FieldName::Title, "/title"}}) {
            if (!is_new_text(record_, stored_, pointer)) continue;
            const auto text = *text_at(record_.attributes, pointer);
            if (text.empty()) continue;
            auto rows = reader_.nodes_identified(NodeType::Reference, field, text);
            CRIPT_CHECK(rows);
            keep_own(*rows);
            CRIPT_CHECK(refuse(std::move(*rows), std::string(model::text(field)).append(" and created_by")));
        }
        return {};
    }

    base::Result<void> refuse_software() {
        if (!is_new_text(record_, stored_, "/version") && !is_new_text(record_, stored_, "/name")) return {};
        auto query = list_query(caller_, NodeType::Software, kMostOfOneName);
        auto rows = reader_.find_named(query, record_.name);
        CRIPT_CHECK(rows);
        const auto version = text_at(record_.attributes, "/version");
        std::erase_if(*rows,
                      [&](const NodeRow& row) { return text_at(row.attributes, "/version") != version; });
        keep_own(*rows);
        return refuse(std::move(*rows), "name and version and created_by");
    }

  private:
    static constexpr unsigned kMostOfOneName = 10'000;

    void keep_own(std::vector<NodeRow>& rows) const {
        std::erase_if(rows, [&](const NodeRow& row) { return row.created_by != caller_.account; });
    }

    base::Result<void> refuse(std::vector<NodeRow> rows, const std::string& fields) {
        std::erase_if(rows, [&](const NodeRow& row) { return row.uuid == record_.uuid; });
        if (rows.empty()) return {};
        CRIPT_CHECK(keep_visible(reader_, caller_, rows));
        const auto uuid = rows.empty() ? std::string() : rows.front().uuid.text();
        return base::fail({base::ErrorKind::Conflict,
                           "there is such a record already",
                           {{"", fields, std::string(kDuplicateRecord), uuid}}});
    }

    store::Reader& reader_;
    const account::Caller& caller_;
    const model::GraphNode& record_;
    const NodeRow* stored_;
};

std::string lower_name(NodeType type) {
    auto name = std::string(model::info(type).name);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return name;
}

}  // namespace

base::Result<void> refuse_duplicate(store::Reader& reader, const account::Caller& caller,
                                    const model::GraphNode& record, const NodeRow* stored,
                                    const RecordPlace& place) {
    Judge judge(reader, caller, record, stored);
    switch (record.type) {
        case NodeType::File:
            return judge.refuse_content(place);
        case NodeType::Reference:
            return judge.refuse_reference();
        case NodeType::Software:
            return judge.refuse_software();
        default:
            break;
    }
    if (!place.parent) return {};
    auto parents = reader.nodes_with_ids(std::vector{*place.parent});
    CRIPT_CHECK(parents);
    if (parents->empty()) return {};
    return judge.refuse_name(place, lower_name(parents->front().type));
}

}  // namespace cript::service
