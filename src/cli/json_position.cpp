#include "cli/json_position.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "cript/json.hpp"

namespace cript::cli {

namespace {

std::vector<std::string> tokens_of(std::string_view pointer) {
    std::vector<std::string> tokens;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);  // the slash
        const auto end = std::min(pointer.find('/'), pointer.size());
        std::string token;
        for (std::size_t at = 0; at < end; ++at) {
            if (pointer[at] == '~' && at + 1 < end) {
                token.push_back(pointer[++at] == '1' ? '/' : '~');
            } else {
                token.push_back(pointer[at]);
            }
        }
        tokens.push_back(std::move(token));
        pointer.remove_prefix(end);
    }
    return tokens;
}

/// Walks over a text that is known to be JSON.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    struct Span {
        std::size_t begin;
        std::size_t end;
    };

    /// The place that `token` leads to from the value at the current place, which then becomes current.
    std::optional<Span> step_into(const std::string& token) {
        skip_blanks();
        if (peek() == '{') return step_into_member(token);
        if (peek() == '[') return step_into_element(token);
        return std::nullopt;
    }
    Span value() {
        skip_blanks();
        const auto begin = at_;
        skip_value();
        const Span span{begin, at_};
        at_ = begin;
        return span;
    }

  private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    std::optional<Span> step_into_member(const std::string& wanted) {
        ++at_;
        for (skip_blanks(); peek() == '"'; skip_blanks()) {
            const auto begin = at_;
            skip_text();
            const Span name{begin, at_};
            skip_blanks();
            ++at_;  // the colon
            skip_blanks();
            if (is_name(name, wanted)) return name;
            skip_value();
            skip_blanks();
            if (peek() == ',') ++at_;
        }
        return std::nullopt;
    }

    std::optional<Span> step_into_element(const std::string& wanted) {
        std::size_t index = 0;
        const auto read = std::from_chars(wanted.data(), wanted.data() + wanted.size(), index);
        if (read.ec != std::errc()) return std::nullopt;
        ++at_;
        for (skip_blanks(); peek() != ']' && peek() != '\0'; skip_blanks()) {
            if (index-- == 0) return value();
            skip_value();
            skip_blanks();
            if (peek() == ',') ++at_;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_name(Span span, const std::string& wanted) const {
        const auto written = text_.substr(span.begin, span.end - span.begin);
        if (written.find('\\') == std::string_view::npos)
            return written.substr(1, written.size() - 2) == wanted;
        const auto name = Json::parse(written);
        return name && name->if_text() != nullptr && *name->if_text() == wanted;
    }

    void skip_blanks() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    void skip_text() {
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
        }
        ++at_;
    }
    void skip_value() {
        std::size_t depth = 0;
        do {
            skip_blanks();
            const char c = peek();
            if (c == '"') {
                skip_text();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                --depth;
                ++at_;
            } else if (c == ',' || c == ':') {
                ++at_;
            } else {
                at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
            }
        } while (depth > 0 && at_ < text_.size());
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

Position at(std::string_view text, Scanner::Span span) {
    const auto before = text.substr(0, span.begin);
    const auto line_begin = before.find_last_of('\n') + 1;  // npos + 1 is 0
    const auto line_end = std::min(text.find('\n', span.begin), text.size());
    return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            span.begin - line_begin + 1, text.substr(line_begin, line_end - line_begin),
            std::max<std::size_t>(1, std::min(span.end, line_end) - span.begin)};
}

/// Which member or element a token of a pointer means.
std::optional<std::size_t> step_into(const Json& json, const std::string& token) {
    if (const auto* elements = json.if_array()) {
        std::size_t index = 0;
        const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
        if (read.ec != std::errc() || index >= elements->size()) return std::nullopt;
        return index;
    }
    const auto* members = json.if_object();
    if (members == nullptr) return std::nullopt;
    const auto found = std::find_if(members->begin(), members->end(),
                                    [&](const Json::Member& member) { return member.name == token; });
    if (found == members->end()) return std::nullopt;
    return static_cast<std::size_t>(found - members->begin());
}

const Json* child(const Json& json, std::size_t at) {
    if (const auto* elements = json.if_array()) return &(*elements)[at];
    return &(*json.if_object())[at].value;
}

}  // namespace

Position position_of(std::string_view json, std::string_view pointer) {
    Scanner scanner(json);
    auto span = scanner.value();
    for (const auto& token : tokens_of(pointer)) {
        const auto next = scanner.step_into(token);
        if (!next) break;
        span = *next;
    }
    return at(json, span);
}

std::optional<std::pair<std::size_t, std::size_t>> span_of_value(std::string_view json,
                                                                 std::string_view pointer) {
    Scanner scanner(json);
    for (const auto& token : tokens_of(pointer)) {
        if (!scanner.step_into(token)) return std::nullopt;
    }
    const auto span = scanner.value();
    return std::pair{span.begin, span.end - span.begin};
}

const Json* value_at(const Json& json, std::string_view pointer) {
    const Json* value = &json;
    for (const auto& token : tokens_of(pointer)) {
        const auto at = step_into(*value, token);
        if (!at) return nullptr;
        value = child(*value, *at);
    }
    return value;
}

std::vector<std::size_t> place_in(const Json& json, std::string_view pointer) {
    std::vector<std::size_t> place;
    const Json* value = &json;
    for (const auto& token : tokens_of(pointer)) {
        const auto at = step_into(*value, token);
        if (!at) break;
        place.push_back(*at);
        value = child(*value, *at);
    }
    return place;
}

}  // namespace cript::cli
