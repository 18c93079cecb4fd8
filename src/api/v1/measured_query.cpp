#include "api/v1/measured_query.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "base/json_reader.hpp"
#include "model/units/measured_value.hpp"

namespace cript::api::v1 {

namespace dom = simdjson::dom;

namespace {

constexpr std::uint64_t kMostNodes = 100;

class BodyReader {
  public:
    base::Result<MeasuredQuery> read(dom::object members) {
        for (const auto [key, value] : members) {
            if (!value.is_null()) take(key, value);
        }
        if (query_.filter.key.empty()) refuse("", "'key' is a required property", "missing_field");
        settle_unit();
        if (least_ && most_ && *least_ > *most_) refuse("/min", "'min' is more than 'max'", "out_of_range");
        if (!problems_.empty()) {
            auto message = problems_.front().message;
            return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems_)});
        }
        constexpr double kAny = std::numeric_limits<double>::infinity();
        query_.filter.unit = model::si_unit_of(query_.unit.dimension);
        query_.filter.least = least_ ? query_.unit.to_si(*least_) : -kAny;
        query_.filter.most = most_ ? query_.unit.to_si(*most_) : kAny;
        return query_;
    }

  private:
    void refuse(std::string pointer, std::string message, std::string code) {
        problems_.push_back({std::move(pointer), std::move(message), std::move(code), ""});
    }
    void refuse_kind(std::string_view member, std::string_view expected) {
        refuse(fmt::format("/{}", member), fmt::format("'{}' must be {}", member, expected), "wrong_type");
    }

    void take(std::string_view member, dom::element value) {
        if (member == "key") return take_text(member, value, query_.filter.key);
        if (member == "unit") return take_text(member, value, unit_.emplace());
        if (member == "min") return take_number(member, value, least_);
        if (member == "max") return take_number(member, value, most_);
        if (member == "after") return take_after(value);
        if (member == "limit") return take_limit(value);
        std::string pointer;
        base::append_pointer(pointer, member);
        refuse(std::move(pointer), fmt::format("'{}' is not a member of this search", member),
               "unknown_field");
    }

    void take_text(std::string_view member, dom::element value, std::string& text) {
        std::string_view found;
        if (value.get(found) != simdjson::SUCCESS) return refuse_kind(member, "text");
        text = found;
    }
    void take_number(std::string_view member, dom::element value, std::optional<double>& number) {
        double found = 0;
        if (!value.is_number() || value.get(found) != simdjson::SUCCESS)
            return refuse_kind(member, "a number");
        number = found;
    }
    void take_after(dom::element value) {
        std::string_view text;
        if (value.get(text) == simdjson::SUCCESS) query_.after = base::Uuid::parse(text);
        if (!query_.after) refuse_kind("after", "a uuid");
    }
    void take_limit(dom::element value) {
        std::uint64_t number = 0;
        if (value.get(number) != simdjson::SUCCESS || number < 1 || number > kMostNodes)
            return refuse_kind("limit", fmt::format("a whole number from 1 to {}", kMostNodes));
        query_.limit = static_cast<unsigned>(number);
    }

    void settle_unit() {
        if (!unit_) unit_ = unit_of_key();
        auto unit = model::parse_unit(*unit_);
        if (!unit) {
            refuse("/unit", unit.error().message, "unknown_unit");
        } else if (!unit->is_definite) {
            refuse("/unit", fmt::format("the size of '{}' is not fixed", *unit_), "unknown_unit");
        } else {
            query_.unit = *unit;
        }
    }
    [[nodiscard]] std::string unit_of_key() const {
        for (const auto type : {model::NodeType::Property, model::NodeType::Condition}) {
            if (const auto unit = model::unit_of_key(type, query_.filter.key)) return std::string(*unit);
        }
        return "";
    }

    MeasuredQuery query_;
    std::optional<std::string> unit_;
    std::optional<double> least_;
    std::optional<double> most_;
    std::vector<base::Problem> problems_;
};

}  // namespace

base::Result<MeasuredQuery> read_measured_query(std::string_view json) {
    const auto document = base::JsonDocument::parse(json, {.bytes = std::size_t{64} << 10U, .depth = 8});
    CRIPT_CHECK(document);
    dom::object members;
    if (document->root().get(members) != simdjson::SUCCESS) {
        return base::fail({base::ErrorKind::InvalidInput,
                           "the body of a search is a JSON object",
                           {{"", "the body of a search is a JSON object", "wrong_type", ""}}});
    }
    return BodyReader().read(members);
}

}  // namespace cript::api::v1
