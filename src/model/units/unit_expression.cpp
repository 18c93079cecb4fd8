#include "model/units/unit_expression.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

#include "model/code_points.hpp"
#include "model/units/unit_scanner.hpp"
#include "model/units/unit_words.hpp"

namespace cript::model {

namespace {

constexpr int kMaxNesting = 32;
constexpr double kMaxExponent = 100;
constexpr double kMaxFactor = 1e300;

/// Reads one expression. A function that cannot go on sets the failure and returns nothing.
///
///   product  = operand { ("*" | "/" | "per" | nothing) operand }
///   operand  = power { "(" product ")" }            binds tighter than the quotient before it, as in pint
///   power    = primary [ exponent ]  |  ("square" | "cubic" | "sq") word
///   primary  = number | word | "(" product ")"
///   exponent = ("**" | "^") signed | superscripts | "squared" | "cubed"
///   signed   = ["-" | "+"] figure [ ("**" | "^") signed ]
///   figure   = number | "(" signed { ("*" | "/") signed } ")"
class Reader {
  public:
    Reader(std::string_view text, const UnitWords& words) : scanner_(text), words_(words) {}

    base::Result<Unit> read() {
        if (is(UnitToken::End)) return Unit{};
        auto unit = product();
        if (unit && !is(UnitToken::End)) unit = refuse_token();
        if (unit && !is_in_bounds(*unit)) unit = refuse("the unit is too large or too small to compute with");
        if (!unit) return base::fail(base::ErrorKind::InvalidInput, std::move(failure_));
        return *unit;
    }

  private:
    [[nodiscard]] bool is(UnitToken token) const { return scanner_.token() == token; }
    bool accept(UnitToken token) {
        if (!is(token)) return false;
        scanner_.advance();
        return true;
    }

    std::nullopt_t refuse(std::string_view what) {
        if (failure_.empty()) {
            const auto before = code_points(scanner_.whole().substr(0, scanner_.at()));
            failure_ = fmt::format("{} (character {} of '{}')", what, before + 1, scanner_.whole());
        }
        return std::nullopt;
    }
    std::nullopt_t refuse_token() {
        if (is(UnitToken::End)) return refuse("the unit breaks off");
        if (is(UnitToken::Number)) return refuse("write ** for a power, * for a product");
        return refuse(fmt::format("'{}' makes no sense here", scanner_.text()));
    }

    [[nodiscard]] static bool is_in_bounds(const Unit& unit) {
        for (const double exponent : unit.dimension) {
            if (!(std::abs(exponent) <= kMaxExponent)) return false;
        }
        return unit.factor <= kMaxFactor && unit.factor >= 1 / kMaxFactor;
    }

    /// Is there an operand without a sign before it?
    [[nodiscard]] bool stands_operand() const {
        return (is(UnitToken::Word) && !scanner_.is_word("per")) || is(UnitToken::Open);
    }

    std::optional<Unit> product() {
        auto result = operand();
        while (result) {
            const bool divides = is(UnitToken::Per) || scanner_.is_word("per");
            if (divides || is(UnitToken::Times)) {
                scanner_.advance();
            } else if (!stands_operand()) {
                break;
            }
            const auto right = operand();
            if (!right) return std::nullopt;
            result = combine(*result, *right, divides ? -1 : 1);
        }
        return result;
    }

    /// Where pint would read something else than a person means (the power of both factors), nothing is read.
    std::optional<Unit> operand() {
        auto result = power();
        const bool was_raised = std::exchange(is_raised_, false);
        while (result && is(UnitToken::Open)) {
            if (was_raised) return refuse("write * before the parenthesis");
            const auto right = parenthesis();
            if (!right) return std::nullopt;
            if (stands_exponent()) return refuse("write * before the parenthesis that has an exponent");
            result = combine(*result, *right, 1);
        }
        return result;
    }

    [[nodiscard]] bool stands_exponent() const {
        return is(UnitToken::Power) || is(UnitToken::Superscript) || scanner_.is_word("squared") ||
               scanner_.is_word("cubed");
    }

    std::optional<Unit> power() {
        if (scanner_.is_word("square") || scanner_.is_word("sq") || scanner_.is_word("cubic")) {
            const double exponent = scanner_.is_word("cubic") ? 3 : 2;
            scanner_.advance();
            const auto base = is(UnitToken::Word) ? primary() : refuse_token();
            return base ? raise(*base, exponent) : std::nullopt;
        }
        auto base = primary();
        if (!base) return std::nullopt;
        if (is(UnitToken::Superscript)) {
            const double exponent = scanner_.number();
            scanner_.advance();
            return raise(*base, exponent);
        }
        if (scanner_.is_word("squared") || scanner_.is_word("cubed")) {
            const double exponent = scanner_.is_word("cubed") ? 3 : 2;
            scanner_.advance();
            return raise(*base, exponent);
        }
        if (!accept(UnitToken::Power)) return base;
        const auto exponent = signed_exponent();
        return exponent ? raise(*base, *exponent) : std::nullopt;
    }

    std::optional<Unit> primary() {
        if (is(UnitToken::Open)) return parenthesis();
        if (is(UnitToken::Number)) {
            Unit number;
            number.factor = scanner_.number();
            if (number.factor <= 0) return refuse("a factor is more than 0");
            scanner_.advance();
            return number;
        }
        if (!is(UnitToken::Word) || scanner_.is_word("per")) return refuse_token();
        auto unit = words_.find(scanner_.text());
        if (!unit) return refuse(fmt::format("'{}' is not a unit", scanner_.text()));
        scanner_.advance();
        return unit;
    }

    std::optional<Unit> parenthesis() {
        if (++nesting_ > kMaxNesting) return refuse("there are too many parentheses");
        scanner_.advance();
        auto inner = product();
        if (inner && !accept(UnitToken::Close))
            return is(UnitToken::End) ? refuse("a ')' is missing") : refuse_token();
        --nesting_;
        return inner;
    }

    std::optional<double> signed_exponent() {
        double sign = 1;
        if (accept(UnitToken::Minus))
            sign = -1;
        else
            accept(UnitToken::Plus);
        auto value = figure();
        if (!value) return std::nullopt;
        if (accept(UnitToken::Power)) {
            if (++nesting_ > kMaxNesting) return refuse("there are too many exponents");
            const auto exponent = signed_exponent();
            if (!exponent) return std::nullopt;
            value = std::pow(*value, *exponent);
            --nesting_;
        }
        return sign * *value;
    }

    std::optional<double> figure() {
        if (is(UnitToken::Number)) {
            const double number = scanner_.number();
            scanner_.advance();
            return number;
        }
        if (!is(UnitToken::Open)) {
            return is(UnitToken::End)
                       ? refuse_token()
                       : refuse(fmt::format("an exponent is a number, not '{}'", scanner_.text()));
        }
        if (++nesting_ > kMaxNesting) return refuse("there are too many parentheses");
        scanner_.advance();
        auto value = signed_exponent();
        while (value && (is(UnitToken::Times) || is(UnitToken::Per))) {
            const bool divides = is(UnitToken::Per);
            scanner_.advance();
            const auto right = signed_exponent();
            if (!right) return std::nullopt;
            value = divides ? *value / *right : *value * *right;
        }
        if (value && !accept(UnitToken::Close))
            return is(UnitToken::End) ? refuse("a ')' is missing") : refuse_token();
        --nesting_;
        return value;
    }

    /// left · right ** exponent. A temperature scale among others counts differences.
    std::optional<Unit> combine(const Unit& left, const Unit& right, int sign) {
        Unit result;
        result.is_definite = left.is_definite && right.is_definite;
        result.factor = sign > 0 ? left.factor * right.factor : left.factor / right.factor;
        for (std::size_t at = 0; at < result.dimension.size(); ++at)
            result.dimension[at] = left.dimension[at] + (sign * right.dimension[at]);
        return result;
    }

    std::optional<Unit> raise(const Unit& base, double exponent) {
        is_raised_ = true;
        if (!(std::abs(exponent) <= kMaxExponent)) {
            return refuse(fmt::format("an exponent is at most {} in size", kMaxExponent));
        }
        if (exponent == 1) return base;
        Unit result;
        result.is_definite = base.is_definite;
        result.factor = std::pow(base.factor, exponent);
        for (std::size_t at = 0; at < result.dimension.size(); ++at)
            result.dimension[at] = base.dimension[at] * exponent;
        return result;
    }

    UnitScanner scanner_;
    const UnitWords& words_;
    std::string failure_;
    int nesting_ = 0;
    bool is_raised_ = false;  ///< did the power that was read last have an exponent?
};

}  // namespace

base::Result<Unit> read_unit(std::string_view text, const UnitWords& words) {
    // Most are one word; and some words, such as `user-define`, are not what an expression would make of
    // them.
    if (const auto* unit = words.find_exact(text)) return *unit;
    return Reader(text, words).read();
}

}  // namespace cript::model
