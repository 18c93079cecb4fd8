#pragma once

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>

/// A validator for the keywords of JSON Schema draft-07 that the served schema uses. A keyword that it does
/// not know is an error, so that none is skipped unseen.
namespace cript::model::test {

class JsonSchema {
  public:
    using Json = nlohmann::json;

    explicit JsonSchema(std::string_view text) : root_(Json::parse(text)) {}

    [[nodiscard]] const Json& root() const { return root_; }
    [[nodiscard]] const Json& definition(const std::string& name) const { return root_.at("$defs").at(name); }
    [[nodiscard]] bool accepts(const std::string& definition_name, const Json& value) const {
        return fits(definition(definition_name), value);
    }
    [[nodiscard]] bool accepts_text(const std::string& definition_name, const std::string& text) const {
        return accepts(definition_name, Json::parse(text));
    }

  private:
    [[nodiscard]] bool fits(const Json& schema, const Json& value) const {
        for (const auto& [keyword, argument] : schema.items()) {
            if (!fits_keyword(schema, keyword, argument, value)) return false;
        }
        return true;
    }

    [[nodiscard]] bool fits_keyword(const Json& schema, const std::string& keyword, const Json& argument,
                                    const Json& value) const {
        if (keyword == "$ref") return fits(resolved(argument), value);
        if (keyword == "type") return has_type(argument, value);
        if (keyword == "const") return value == argument;
        if (keyword == "enum") return std::ranges::find(argument, value) != argument.end();
        if (keyword == "not") return !fits(argument, value);
        if (keyword == "anyOf") {
            return std::ranges::any_of(argument, [&](const Json& option) { return fits(option, value); });
        }
        if (keyword == "pattern") return !value.is_string() || matches(value, argument);
        if (keyword == "minLength") return !value.is_string() || length(value) >= argument;
        if (keyword == "maxLength") return !value.is_string() || length(value) <= argument;
        if (keyword == "minimum") return !value.is_number() || value >= argument;
        if (keyword == "minItems") return !value.is_array() || value.size() >= argument;
        if (keyword == "maxItems") return !value.is_array() || value.size() <= argument;
        if (keyword == "items") {
            return !value.is_array() ||
                   std::ranges::all_of(value, [&](const Json& item) { return fits(argument, item); });
        }
        if (keyword == "required") {
            return !value.is_object() || std::ranges::all_of(argument, [&](const std::string& name) {
                return value.contains(name);
            });
        }
        if (keyword == "properties") return properties_fit(argument, value);
        if (keyword == "additionalProperties")
            return argument == true || nothing_else(schema.at("properties"), value);
        throw std::logic_error("unknown keyword " + keyword);
    }

    [[nodiscard]] const Json& resolved(const std::string& reference) const {
        const std::string prefix = "#/$defs/";
        if (!reference.starts_with(prefix)) throw std::logic_error("unknown reference " + reference);
        return definition(reference.substr(prefix.size()));
    }

    static bool has_type(const Json& names, const Json& value) {
        if (names.is_array()) {
            return std::ranges::any_of(names, [&](const Json& name) { return has_type(name, value); });
        }
        const std::string name = names;
        if (name == "integer") {
            return value.is_number_integer() ||
                   (value.is_number_float() && value == std::trunc(double(value)));
        }
        if (name == "number") return value.is_number();
        return name == value.type_name();  // object, array, string, boolean, null
    }

    static bool matches(const std::string& text, const std::string& pattern) {
        return std::regex_search(text, std::regex(pattern));
    }

    static std::size_t length(const std::string& text) {
        return static_cast<std::size_t>(std::ranges::count_if(
            text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
    }

    [[nodiscard]] bool properties_fit(const Json& properties, const Json& value) const {
        if (!value.is_object()) return true;
        return std::ranges::all_of(value.items(), [&](const auto& member) {
            return !properties.contains(member.key()) || fits(properties.at(member.key()), member.value());
        });
    }

    static bool nothing_else(const Json& properties, const Json& value) {
        if (!value.is_object()) return true;
        return std::ranges::all_of(value.items(),
                                   [&](const auto& member) { return properties.contains(member.key()); });
    }

    Json root_;
};

}  // namespace cript::model::test
