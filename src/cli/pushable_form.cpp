#include "cli/pushable_form.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "cli/node_walk.hpp"

namespace cript::cli {

namespace {

bool is_set_by_server(const Json& node, const Json::Member& member) {
    constexpr std::array<std::string_view, 6> kAlways{"created_at", "updated_at",    "created_by",
                                                      "updated_by", "model_version", "uid"};
    const std::string_view name = member.name;
    if (std::find(kAlways.begin(), kAlways.end(), name) != kAlways.end()) return true;
    if (name == "locked" || name == "public") {
        // False is what every node starts with; Reference and Software are public by nature.
        return member.value.as_bool() == false || type_of(node) == "Reference" || type_of(node) == "Software";
    }
    constexpr std::string_view kCount = "_count";
    return name.size() > kCount.size() && name.substr(name.size() - kCount.size()) == kCount &&
           member.value.is_integer();
}

Json link_to(std::string_view uuid) {
    Json link = Json::object();
    link.set("uuid", uuid);
    return link;
}

/// Copies a graph, remembering which nodes are written already.
class PushableForm {
  public:
    Json of(const Json& value) {
        if (const auto* elements = value.if_array()) {
            Json::Array list;
            list.reserve(elements->size());
            for (const auto& element : *elements) list.push_back(of(element));
            return list;
        }
        if (value.if_object() == nullptr) return value;
        if (!is_node(value)) return link_of(value);
        const std::string uuid(value.text_of("uuid"));
        // A stub: a node that is open above, or that belongs to another project.
        const bool is_stub = value.find("created_at") == nullptr;
        if (is_stub || !written_.insert(uuid).second) return link_to(uuid);
        Json::Object members;
        for (const auto& member : *value.if_object()) {
            if (!is_set_by_server(value, member)) members.push_back({member.name, of(member.value)});
        }
        return members;
    }

  private:
    static Json link_of(const Json& value) {
        constexpr std::string_view kLabel = "_:";  // a label of an answer is the uuid behind this mark
        const auto label = value.text_of("uid");
        if (label.substr(0, kLabel.size()) == kLabel) return link_to(label.substr(kLabel.size()));
        return value;
    }

    std::set<std::string> written_;
};

}  // namespace

Json pushable_form(const Json& answered) {
    return PushableForm().of(answered);
}

}  // namespace cript::cli
