#include "client/node_reader.hpp"

#include <fmt/format.h>

namespace cript::detail {

namespace {

constexpr std::string_view kLabel = "_:";

std::string_view type_of(const Json& node) {
    const auto* marker = node.find("node");
    const auto* names = marker == nullptr ? nullptr : marker->if_array();
    if (names == nullptr || names->empty() || names->front().if_text() == nullptr) return {};
    return *names->front().if_text();
}

/// Which node a mention means: its uuid, or the one behind its label.
std::string uuid_of(const Json& mention) {
    if (const auto uuid = mention.text_of("uuid"); !uuid.empty()) return std::string(uuid);
    const auto label = mention.text_of("uid");
    return std::string(label.substr(0, kLabel.size()) == kLabel ? label.substr(kLabel.size()) : label);
}

/// Only a node that is written out tells when it was made; a stub does not.
bool is_full(const Json& value) {
    return value.find("created_at") != nullptr;
}

std::optional<Value> value_of(const Json& json) {
    if (const auto* text = json.if_text()) return Value(*text);
    if (const auto flag = json.as_bool()) return Value(*flag);
    if (const auto integer = json.as_integer(); integer && json.is_integer()) return Value(*integer);
    if (const auto number = json.as_double()) return Value(*number);
    const auto* elements = json.if_array();
    if (elements == nullptr) return std::nullopt;
    Value::List list;
    for (const auto& element : *elements) {
        auto value = value_of(element);
        if (!value) return std::nullopt;
        list.push_back(std::move(*value));
    }
    return Value(std::move(list));
}

}  // namespace

/// Fills the fields of one record from its object.
class NodeReader::Fields final : public FieldVisitor {
  public:
    Fields(NodeReader& reader, const Json& node) : reader_(reader), node_(node) {}

    [[nodiscard]] std::uint64_t present() const { return present_; }

    void visit(const FieldInfo& field, std::string& out) override {
        take(field, "a text", [&](const Json& json) { return assign(out, json.if_text()); });
    }
    void visit(const FieldInfo& field, std::optional<std::string>& out) override {
        take(field, "a text", [&](const Json& json) { return assign(out, json.if_text()); });
    }
    void visit(const FieldInfo& field, std::optional<std::int64_t>& out) override {
        take(field, "an integer", [&](const Json& json) { return (out = json.as_integer()).has_value(); });
    }
    void visit(const FieldInfo& field, std::optional<Number>& out) override {
        take(field, "a number", [&](const Json& json) {
            const auto value = value_of(json);
            const auto* number = value ? value->if_number() : nullptr;
            return assign(out, number);
        });
    }
    void visit(const FieldInfo& field, std::optional<bool>& out) override {
        take(field, "true or false", [&](const Json& json) { return (out = json.as_bool()).has_value(); });
    }
    void visit(const FieldInfo& field, std::vector<std::string>& out) override {
        take(field, "a list of texts", [&](const Json& json) {
            return each(json, [&](const Json& element) {
                if (element.if_text() != nullptr) out.push_back(*element.if_text());
                return element.if_text() != nullptr;
            });
        });
    }
    void visit(const FieldInfo& field, std::vector<std::int64_t>& out) override {
        take(field, "a list of integers", [&](const Json& json) {
            return each(json, [&](const Json& element) {
                if (element.as_integer()) out.push_back(*element.as_integer());
                return element.as_integer().has_value();
            });
        });
    }
    void visit(const FieldInfo& field, Value& out) override {
        take(field, "a value", [&](const Json& json) {
            auto value = value_of(json);
            if (value) out = std::move(*value);
            return value.has_value();
        });
    }
    void visit(const FieldInfo& field, ListBase& list) override {
        take(field, "a list of nodes", [&](const Json& json) {
            return each(json, [&](const Json& mention) {
                auto* target = reader_.target_of(mention, field.target);
                if (target != nullptr) list.targets_.push_back(target);
                return target != nullptr;
            });
        });
    }
    void visit(const FieldInfo& field, LinkBase& link) override {
        take(field, "a node", [&](const Json& mention) {
            link.target_ = reader_.target_of(mention, field.target);
            return link.target_ != nullptr;
        });
    }

  private:
    template <class Out, class Content>
    static bool assign(Out& out, const Content* content) {
        if (content != nullptr) out = *content;
        return content != nullptr;
    }
    template <class Take>
    static bool each(const Json& json, Take take_one) {
        const auto* elements = json.if_array();
        if (elements == nullptr) return false;
        return std::all_of(elements->begin(), elements->end(), take_one);
    }
    template <class Take>
    void take(const FieldInfo& field, std::string_view wanted, Take take_content) {
        const auto bit = std::uint64_t{1} << position_++;
        const auto* json = node_.find(field.name);
        if (json == nullptr || json->is_null()) return;
        if (take_content(*json)) {
            present_ |= bit;
        } else {
            reader_.complain(fmt::format("{}.{}", type_of(node_), field.name),
                             fmt::format("is not {}", wanted));
        }
    }

    NodeReader& reader_;
    const Json& node_;
    std::uint64_t present_ = 0;
    unsigned position_ = 0;
};

Result<Node> NodeReader::read(const Json& root) {
    graph_ = std::make_unique<Graph>();
    collect(root);
    for (const auto& [record, json] : full_) {
        Fields fields(*this, *json);
        record->accept(fields);
        record->stored_ = fields.present();
    }
    const auto found = records_.find(uuid_of(root));
    if (found == records_.end()) complain("answer", "holds no node");
    if (!complaint_.empty()) {
        return Error{ErrorKind::NotCript, 0, "the answer of the server cannot be read: " + complaint_, {}};
    }
    Access::hand_over(std::move(graph_), found->second);
    return Access::handle<Node>(found->second);
}

void NodeReader::collect(const Json& value) {
    if (const auto* elements = value.if_array()) {
        for (const auto& element : *elements) collect(element);
    }
    const auto* members = value.if_object();
    if (members == nullptr) return;
    if (const auto type = type_of(value); !type.empty()) {
        auto* record = target_of(value, nullptr);
        if (record != nullptr && is_full(value) && record->is_stub_) {
            record->is_stub_ = false;
            record->created_at_ = value.text_of("created_at");
            record->updated_at_ = value.text_of("updated_at");
            full_.emplace_back(record, &value);
        }
    }
    for (const auto& member : *members) collect(member.value);
}

Record* NodeReader::target_of(const Json& mention, const char* type) {
    const auto uuid = uuid_of(mention);
    const std::string_view wanted = type == nullptr ? type_of(mention) : std::string_view(type);
    if (uuid.empty()) return nullptr;
    auto& record = records_[uuid];
    if (record == nullptr) {
        auto made = make_record(std::string(wanted));
        if (made == nullptr) {
            records_.erase(uuid);
            if (type == nullptr) complain(wanted, "is no node type of this version of libcript");
            return nullptr;
        }
        record = graph_->adopt(std::move(made));
        record->uuid_ = uuid;
        record->is_stub_ = true;
    }
    return wanted == record->type_ ? record : nullptr;
}

void NodeReader::complain(std::string_view where, std::string_view what) {
    if (complaint_.empty()) complaint_ = fmt::format("{} {}", where, what);
}

}  // namespace cript::detail
