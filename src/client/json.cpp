#include "cript/json.hpp"

#include <cmath>
#include <limits>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "client/base_error.hpp"

namespace cript {

namespace {

namespace dom = simdjson::dom;

// Recursion is bounded by the depth limit of the parser.
Json copy_of(dom::element element) {
    switch (element.type()) {
        case dom::element_type::OBJECT: {
            const dom::object source(element);
            Json::Object members;
            members.reserve(source.size());
            for (const auto [name, value] : source) members.push_back({std::string(name), copy_of(value)});
            return members;
        }
        case dom::element_type::ARRAY: {
            const dom::array source(element);
            Json::Array elements;
            elements.reserve(source.size());
            for (const auto value : source) elements.push_back(copy_of(value));
            return elements;
        }
        case dom::element_type::STRING:
            return std::string_view(element);
        case dom::element_type::INT64:
            return std::int64_t(element);
        case dom::element_type::UINT64:
            return std::uint64_t(element);
        case dom::element_type::DOUBLE:
            return double(element);
        case dom::element_type::BOOL:
            return bool(element);
        case dom::element_type::NULL_VALUE:
            return nullptr;
    }
    return nullptr;
}

}  // namespace

/// Writes a Json value as text.
class JsonText {
  public:
    explicit JsonText(int indent) : indent_(indent) {}

    void append(const Json& json) {
        if (const auto* members = json.if_object()) {
            append_all('{', '}', *members, [this](const Json::Member& member) {
                base::JsonWriter::append_string(out_, member.name);
                out_.append(indent_ > 0 ? ": " : ":");
                append(member.value);
            });
        } else if (const auto* elements = json.if_array()) {
            append_all('[', ']', *elements, [this](const Json& element) { append(element); });
        } else {
            append_scalar(json);
        }
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void append_scalar(const Json& json) {
        base::JsonWriter writer(out_);
        if (const auto* text = std::get_if<std::string>(&json.content_)) {
            writer.value(*text);
        } else if (const auto* flag = std::get_if<bool>(&json.content_)) {
            writer.value(*flag);
        } else if (const auto* integer = std::get_if<std::int64_t>(&json.content_)) {
            writer.value(*integer);
        } else if (const auto* large = std::get_if<std::uint64_t>(&json.content_)) {
            writer.value(*large);
        } else if (const auto* number = std::get_if<double>(&json.content_);
                   number && std::isfinite(*number)) {
            writer.value(*number);
        } else {
            writer.null();  // also for NaN and infinities, which JSON does not have
        }
    }

    template <class Items, class Append>
    void append_all(char open, char close, const Items& items, Append append_item) {
        out_.push_back(open);
        ++level_;
        bool first = true;
        for (const auto& item : items) {
            if (!first) out_.push_back(',');
            first = false;
            new_line();
            append_item(item);
        }
        --level_;
        if (!items.empty()) new_line();
        out_.push_back(close);
    }

    void new_line() {
        if (indent_ <= 0) return;
        out_.push_back('\n');
        out_.append(static_cast<std::size_t>(level_) * static_cast<std::size_t>(indent_), ' ');
    }

    int indent_;
    int level_ = 0;
    std::string out_;
};

Json::Json() noexcept = default;
Json::Json(std::nullptr_t) noexcept {}
Json::Json(const char* text) : content_(std::string(text)) {}
Json::Json(std::string_view text) : content_(std::string(text)) {}
Json::Json(std::string text) : content_(std::move(text)) {}
Json::Json(Array elements) : content_(std::move(elements)) {}
Json::Json(Object members) : content_(std::move(members)) {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

void Json::assign(bool flag) {
    content_ = flag;
}

void Json::assign(std::int64_t number) {
    content_ = number;
}

void Json::assign(std::uint64_t number) {
    // One kind for one number: only what is beyond the signed ones is kept as unsigned.
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        content_ = number;
    } else {
        content_ = static_cast<std::int64_t>(number);
    }
}

void Json::assign(double number) {
    content_ = number;
}

Json Json::object() {
    return Object{};
}

Json Json::array() {
    return Array{};
}

Result<Json> Json::parse(std::string_view text) {
    auto document = base::JsonDocument::parse(text);
    if (!document) return client::from_base(std::move(document).error());
    return copy_of(document->root());
}

std::string Json::dump(int indent) const {
    JsonText text(indent);
    text.append(*this);
    return text.take();
}

std::optional<bool> Json::as_bool() const {
    if (const auto* flag = std::get_if<bool>(&content_)) return *flag;
    return std::nullopt;
}

std::optional<std::int64_t> Json::as_integer() const {
    if (const auto* integer = std::get_if<std::int64_t>(&content_)) return *integer;
    if (const auto* number = std::get_if<double>(&content_)) {
        // 2^63 is exact as a double; above and at it nothing fits.
        constexpr double kLimit = 9223372036854775808.0;
        if (*number >= -kLimit && *number < kLimit && std::trunc(*number) == *number) {
            return static_cast<std::int64_t>(*number);
        }
    }
    return std::nullopt;
}

std::optional<double> Json::as_double() const {
    if (const auto* number = std::get_if<double>(&content_)) return *number;
    constexpr std::int64_t kExact = std::int64_t{1} << 53;
    if (const auto* integer = std::get_if<std::int64_t>(&content_)) {
        if (*integer >= -kExact && *integer <= kExact) return static_cast<double>(*integer);
    }
    return std::nullopt;
}

const Json* Json::find(std::string_view name) const {
    const auto* members = if_object();
    if (members == nullptr) return nullptr;
    for (const auto& member : *members) {
        if (member.name == name) return &member.value;
    }
    return nullptr;
}

Json* Json::find(std::string_view name) {
    return const_cast<Json*>(std::as_const(*this).find(name));
}

std::string_view Json::text_of(std::string_view name) const {
    const auto* member = find(name);
    const auto* text = member == nullptr ? nullptr : member->if_text();
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

Json& Json::set(std::string_view name, Json value) {
    if (auto* present = find(name)) {
        *present = std::move(value);
        return *this;
    }
    if (if_object() == nullptr) content_ = Object{};
    if_object()->push_back({std::string(name), std::move(value)});
    return *this;
}

bool Json::erase(std::string_view name) {
    auto* members = if_object();
    if (members == nullptr) return false;
    const auto taken =
        std::remove_if(members->begin(), members->end(), [name](const Member& m) { return m.name == name; });
    const bool found = taken != members->end();
    members->erase(taken, members->end());
    return found;
}

Json& Json::push_back(Json element) {
    if (if_array() == nullptr) content_ = Array{};
    if_array()->push_back(std::move(element));
    return *this;
}

bool operator==(const Json& left, const Json& right) {
    return left.content_ == right.content_;
}

}  // namespace cript
