#include "client/node_writer.hpp"

namespace cript::detail {

namespace {

Json as_json(const Number& number) {
    return number.is_integer() ? Json(number.as_integer()) : Json(number.as_double());
}

Json as_json(const Value& value) {
    if (const auto* number = value.if_number()) return as_json(*number);
    if (const auto* text = value.if_text()) return *text;
    if (const auto flag = value.flag()) return *flag;
    if (const auto* list = value.if_list()) {
        Json::Array elements;
        elements.reserve(list->size());
        for (const auto& element : *list) elements.push_back(as_json(element));
        return elements;
    }
    return nullptr;
}

template <class T>
Json list_of(const std::vector<T>& items) {
    return Json::Array(items.begin(), items.end());
}

/// Shows the targets of containment links.
class ContainedNodes final : public FieldVisitor {
  public:
    explicit ContainedNodes(std::vector<Record*>& out) : out_(out) {}
    void visit(const FieldInfo&, std::string&) override {}
    void visit(const FieldInfo&, std::optional<std::string>&) override {}
    void visit(const FieldInfo&, std::optional<std::int64_t>&) override {}
    void visit(const FieldInfo&, std::optional<Number>&) override {}
    void visit(const FieldInfo&, std::optional<bool>&) override {}
    void visit(const FieldInfo&, std::vector<std::string>&) override {}
    void visit(const FieldInfo&, std::vector<std::int64_t>&) override {}
    void visit(const FieldInfo&, Value&) override {}
    void visit(const FieldInfo& field, ListBase& list) override {
        if (field.containment) Access::append_targets(list, out_);
    }
    void visit(const FieldInfo& field, LinkBase& link) override {
        if (field.containment && link.has_value()) out_.push_back(Access::record(link));
    }

  private:
    std::vector<Record*>& out_;
};

}  // namespace

/// Writes the fields of one record into its object.
class NodeWriter::Fields final : public FieldVisitor {
  public:
    Fields(NodeWriter& writer, Json::Object& members, std::uint64_t stored)
        : writer_(writer), members_(members), stored_(stored) {}

    [[nodiscard]] std::uint64_t present() const { return present_; }

    void visit(const FieldInfo& field, std::string& text) override {
        put(field, !text.empty(), [&] { return Json(text); });
    }
    void visit(const FieldInfo& field, std::optional<std::string>& text) override {
        put(field, text.has_value(), [&] { return Json(*text); });
    }
    void visit(const FieldInfo& field, std::optional<std::int64_t>& integer) override {
        put(field, integer.has_value(), [&] { return Json(*integer); });
    }
    void visit(const FieldInfo& field, std::optional<Number>& number) override {
        put(field, number.has_value(), [&] { return as_json(*number); });
    }
    void visit(const FieldInfo& field, std::optional<bool>& flag) override {
        put(field, flag.has_value(), [&] { return Json(*flag); });
    }
    void visit(const FieldInfo& field, std::vector<std::string>& texts) override {
        put(field, !texts.empty(), [&] { return list_of(texts); }, Json::array());
    }
    void visit(const FieldInfo& field, std::vector<std::int64_t>& integers) override {
        put(field, !integers.empty(), [&] { return list_of(integers); }, Json::array());
    }
    void visit(const FieldInfo& field, Value& value) override {
        put(field, value.has_value(), [&] { return as_json(value); });
    }
    void visit(const FieldInfo& field, ListBase& list) override {
        put(
            field, !list.empty(),
            [&] {
                Json::Array mentions;
                for (auto* target : list.targets_)
                    mentions.push_back(writer_.mention(*target, field.containment));
                return Json(std::move(mentions));
            },
            Json::array());
    }
    void visit(const FieldInfo& field, LinkBase& link) override {
        put(field, link.has_value(), [&] { return writer_.mention(*link.target_, field.containment); });
    }

  private:
    template <class Make>
    void put(const FieldInfo& field, bool has_content, Make make, Json empty = nullptr) {
        const auto bit = std::uint64_t{1} << position_++;
        if (has_content) {
            present_ |= bit;
            members_.push_back({field.name, make()});
        } else if ((stored_ & bit) != 0) {
            members_.push_back({field.name, std::move(empty)});
        }
    }

    NodeWriter& writer_;
    Json::Object& members_;
    std::uint64_t stored_;
    std::uint64_t present_ = 0;
    unsigned position_ = 0;
};

Json NodeWriter::document(const Node& root) {
    auto& record = *Access::record(root);
    plan(record);
    return write(record);
}

void NodeWriter::mark_as_stored() {
    for (const auto& [record, fields] : stored_) record->stored_ = fields;
}

void NodeWriter::plan(Record& root) {
    std::vector<Record*> open{&root};
    while (!open.empty()) {
        auto* record = open.back();
        open.pop_back();
        if (record->is_stub_ || !planned_.insert(record).second) continue;
        ContainedNodes contained(open);
        record->accept(contained);
    }
}

Json NodeWriter::write(Record& record) {
    written_.insert(&record);
    Json::Object members;
    members.push_back({"node", Json::Array{Json(record.type_)}});
    members.push_back({"uid", "_:" + record.uuid_});
    members.push_back({"uuid", record.uuid_});
    Fields fields(*this, members, record.stored_);
    record.accept(fields);
    stored_.emplace_back(&record, fields.present());
    return members;
}

Json NodeWriter::mention(Record& target, bool contained) {
    Json link = Json::object();
    if (target.is_stub_) return link.set("uuid", target.uuid_);
    const bool is_written = written_.count(&target) > 0;
    const bool will_be_written = !contained && planned_.count(&target) > 0;
    if (is_written || will_be_written) return link.set("uid", "_:" + target.uuid_);
    return write(target);
}

}  // namespace cript::detail
