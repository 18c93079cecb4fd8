#include "api/legacy/search_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/legacy/key_units.hpp"
#include "api/legacy/terms.hpp"
#include "base/encoding.hpp"
#include "base/uuid.hpp"

namespace cript::api::legacy {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMostConditions = 100;
constexpr std::size_t kMostValues = 1'000;
constexpr std::array<std::string_view, 6> kOfEveryRecord{"url",        "uid",        "public",
                                                         "created_at", "updated_at", "group"};

constexpr std::array kIdentifierFields{Field{"key", Shape::Text, model::FieldName::Key},
                                       Field{"value", Shape::Value, model::FieldName::Value}};
constexpr Type kIdentifier{model::NodeType::Material, "", "Identifier", "", kIdentifierFields};

const Field* field_of(const Type& type, std::string_view key) {
    const auto found = std::ranges::find(type.fields, key, &Field::key);
    return found == type.fields.end() ? nullptr : &*found;
}

/// The type of the objects that a field holds in answers; nothing for other fields.
const Type* type_of_objects(const Type& type, const Field& field) {
    switch (field.shape) {
        case Shape::Identifiers:
            return &kIdentifier;
        case Shape::Nested:
        case Shape::NestedList:
        case Shape::Files:
            return &type_of(model::find_field(type.type, field.field)->target);
        default:
            return nullptr;
    }
}

/// The words that a field may have; none for fields without a vocabulary.
std::span<const model::Vocabulary> vocabularies_of(const Type& type, const Field& field) {
    static constexpr std::array kOfIdentifiers{model::Vocabulary::MaterialIdentifierKey};
    if (&type == &kIdentifier && field.key == "key") return kOfIdentifiers;
    if (&type == &kIdentifier || is_kept(field.shape)) return {};
    const auto* of_model = model::find_field(type.type, field.field);
    return of_model == nullptr ? std::span<const model::Vocabulary>{} : of_model->vocabularies;
}

/// Reads one query and collects what is wrong with it.
class Reading {
  public:
    explicit Reading(bool is_loose) : is_loose_(is_loose) {}

    SearchObject read_object(const Type& type, dom::element query, const std::string& pointer) {
        SearchObject read;
        read.type = &type;
        dom::object object;
        if (query.get(object) != simdjson::SUCCESS) {
            report(pointer, "expected an object", "wrong_type");
            return read;
        }
        for (const auto [key, value] : object) {
            if (is_too_long()) break;
            read_member(read, key, value, fmt::format("{}/{}", pointer, key));
        }
        settle_unit(read, pointer);
        return read;
    }

    [[nodiscard]] bool is_too_long() const { return conditions_ > kMostConditions || values_ > kMostValues; }
    std::vector<base::Problem> take_problems() { return std::move(problems_); }

  private:
    void report(const std::string& pointer, std::string message, std::string_view code) {
        problems_.push_back({pointer, std::move(message), std::string(code), ""});
    }

    void read_member(SearchObject& object, std::string_view key, dom::element value,
                     const std::string& pointer) {
        ++conditions_;
        const auto& type = *object.type;
        const auto [name, comparison] = split_comparison(key);
        if (!comparison)
            return report(pointer, fmt::format("'{}' ends in a comparison that there is not", key),
                          "unknown_field");
        const auto* field = field_of(type, name);
        const bool is_general =
            !type.slug.empty() &&
            (std::ranges::find(kOfEveryRecord, name) != kOfEveryRecord.end() || name == type.parent_key);
        if (field == nullptr && !is_general)
            return report(pointer, fmt::format("'{}' is not a field of {}", name, type.name),
                          "unknown_field");
        SearchCondition condition;
        condition.key = name;
        condition.comparison = *comparison;
        condition.is_bare = name == key;
        condition.is_loose = is_loose_ || (&type == &kIdentifier && name == "value");
        const auto* below = field == nullptr ? nullptr : type_of_objects(type, *field);
        if (below != nullptr && asks_for_objects(*below, *comparison, value)) {
            read_objects(condition, *below, value, pointer);
        } else {
            read_values(condition, value, pointer);
        }
        if (field != nullptr) spell_terms(condition, vocabularies_of(type, *field));
        if (name == "uid") spell_uids(condition);
        object.conditions.push_back(std::move(condition));
    }

    /// Records are named as well: by uid or URL.
    static bool asks_for_objects(const Type& type, Comparison comparison, dom::element value) {
        if (value.is_null() || comparison == Comparison::IsNull) return false;
        dom::array list;
        const bool is_list = value.get(list) == simdjson::SUCCESS;
        return type.slug.empty() || value.is_object() ||
               (is_list && std::ranges::any_of(list, [](dom::element one) { return one.is_object(); }));
    }

    void read_objects(SearchCondition& condition, const Type& type, dom::element value,
                      const std::string& pointer) {
        condition.is_of_objects = true;
        if (!condition.is_bare && condition.comparison != Comparison::Exact)
            return report(pointer, "objects are compared by their members", "invalid_value");
        dom::array list;
        if (value.get(list) != simdjson::SUCCESS) {
            condition.objects.push_back(read_object(type, value, pointer));
            return;
        }
        std::size_t position = 0;
        for (const auto entry : list) {
            if (is_too_long()) return;
            condition.objects.push_back(read_object(type, entry, fmt::format("{}/{}", pointer, position++)));
        }
    }

    void read_values(SearchCondition& condition, dom::element value, const std::string& pointer) {
        if (condition.comparison == Comparison::IsNull) return read_truth(condition, value, pointer);
        dom::array list;
        if (value.get(list) == simdjson::SUCCESS) {
            std::size_t position = 0;
            for (const auto entry : list) {
                if (is_too_long()) return;
                read_value(condition, entry, fmt::format("{}/{}", pointer, position++));
            }
            return;
        }
        if (condition.comparison != Comparison::In) return read_value(condition, value, pointer);
        std::string_view text;
        if (!is_loose_ || value.get(text) != simdjson::SUCCESS)
            return report(pointer, "expected a list of values", "wrong_type");
        while (true) {
            const auto comma = text.find(',');
            add(condition, Wanted(std::string(text.substr(0, comma))));
            if (comma == std::string_view::npos) return;
            text.remove_prefix(comma + 1);
        }
    }

    void read_truth(SearchCondition& condition, dom::element value, const std::string& pointer) {
        std::string_view text;
        if (value.is_bool()) return add(condition, Wanted(bool(value)));
        if (is_loose_ && value.get(text) == simdjson::SUCCESS) {
            const bool is_true = base::equals_ignoring_case(text, "true");
            if (is_true || base::equals_ignoring_case(text, "false")) return add(condition, Wanted(is_true));
        }
        report(pointer, "expected true or false", "wrong_type");
    }

    void read_value(SearchCondition& condition, dom::element value, const std::string& pointer) {
        double number = 0;
        std::string_view text;
        if (value.is_null()) {
            add(condition, Wanted());
        } else if (value.is_bool()) {
            add(condition, Wanted(bool(value)));
        } else if (value.get(number) == simdjson::SUCCESS) {
            add(condition, Wanted(number));
        } else if (value.get(text) == simdjson::SUCCESS) {
            add(condition, Wanted(std::string(text)));
        } else {
            report(pointer, fmt::format("'{}' has no members to search by", condition.key), "wrong_type");
        }
    }

    void add(SearchCondition& condition, Wanted value) {
        ++values_;
        condition.values.push_back(std::move(value));
    }

    /// Terms are taken in any case when they are saved, and so they are here.
    static void spell_terms(SearchCondition& condition, std::span<const model::Vocabulary> vocabularies) {
        if (condition.comparison != Comparison::Exact && condition.comparison != Comparison::In) return;
        if (vocabularies.empty()) return;
        for (auto& value : condition.values) {
            const auto* text = value.text();
            auto term = text == nullptr ? std::nullopt : known_term(vocabularies, *text);
            if (term) value = Wanted(std::move(*term));
        }
    }

    static void spell_uids(SearchCondition& condition) {
        for (auto& value : condition.values) {
            const auto* text = value.text();
            const auto uuid = text == nullptr ? std::nullopt : base::Uuid::parse(*text);
            if (uuid) value = Wanted(uuid->text());
        }
    }

    /// Beside numbers a unit says how to read them, and is no condition. Beside none it is one.
    void settle_unit(SearchObject& object, const std::string& pointer) {
        auto& conditions = object.conditions;
        const auto found = std::ranges::find_if(
            conditions, [](const auto& condition) { return condition.key == "unit" && condition.is_bare; });
        if (found == conditions.end() || std::ranges::none_of(conditions, &SearchCondition::has_number))
            return;
        const auto wanted = found->values.empty() ? Wanted{} : found->values.front();
        const bool is_one = found->values.size() == 1;
        conditions.erase(found);
        if (is_one && wanted.is_null()) return;
        const auto* text = wanted.text();
        const auto here = pointer + "/unit";
        if (!is_one || text == nullptr) return report(here, "expected the unit of the value", "wrong_type");
        auto unit = model::parse_unit(*text);
        if (!unit) return report(here, unit.error().message, "unknown_unit");
        object.unit_text = *text;
        object.unit = *unit;
        check_dimension(object, here);
    }

    void check_dimension(const SearchObject& object, const std::string& pointer) {
        const auto* key = object.equality("key");
        const auto* word = key == nullptr || key->values.size() != 1 ? nullptr : key->values.front().text();
        const auto* rules = word == nullptr ? nullptr : key_unit(object.type->type, *word);
        if (rules == nullptr || !rules->unit || !object.unit->is_definite) return;
        if (model::is_same(rules->unit->dimension, object.unit->dimension)) return;
        report(pointer,
               !rules->text.empty()
                   ? fmt::format("{} is not a recognized unit of measure for {}.", object.unit_text, *word)
                   : fmt::format("A unit is not permitted for {}.", *word),
               "unit_mismatch");
    }

    const bool is_loose_;
    std::size_t conditions_ = 0;
    std::size_t values_ = 0;
    std::vector<base::Problem> problems_;
};

}  // namespace

bool SearchCondition::has_number() const {
    return is_number() &&
           std::ranges::any_of(values, [](const Wanted& value) { return value.number() != nullptr; });
}

const SearchCondition* SearchObject::equality(std::string_view key) const {
    const auto found = std::ranges::find_if(conditions, [&](const SearchCondition& condition) {
        return condition.key == key && condition.comparison == Comparison::Exact && !condition.is_of_objects;
    });
    return found == conditions.end() ? nullptr : &*found;
}

const Type& identifier_type() {
    return kIdentifier;
}

base::Result<SearchObject> read_search(dom::element query, const Type& type, bool is_loose) {
    Reading reading(is_loose);
    auto read = reading.read_object(type, query, "");
    auto problems = reading.take_problems();
    if (reading.is_too_long()) {
        return base::fail(
            base::ErrorKind::InvalidInput,
            fmt::format("a search has at most {} conditions and {} values", kMostConditions, kMostValues));
    }
    if (problems.empty()) return read;
    auto message = problems.front().message;
    return base::fail({base::ErrorKind::InvalidInput, std::move(message), std::move(problems)});
}

}  // namespace cript::api::legacy
