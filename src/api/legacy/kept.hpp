#pragma once

#include <simdjson.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.hpp"
#include "model/model.hpp"

namespace cript::api::legacy {

/// What is kept of a node beside the fields of the model (model/kept_members.hpp), to be read.
class Kept {
  public:
    /// `attributes` are those of the stored node.
    explicit Kept(simdjson::dom::element attributes);

    [[nodiscard]] std::optional<simdjson::dom::element> find(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return find(key).has_value(); }
    /// The texts of a member, or of the list that it is, that are uuids.
    [[nodiscard]] std::vector<base::Uuid> uuids(std::string_view key) const;
    /// What is shown of a field instead of its value, as long as it has the value that it was given for the
    /// model's sake: a property without a type has one in the model.
    [[nodiscard]] std::optional<simdjson::dom::element> shown_instead(model::FieldName field,
                                                                      simdjson::dom::element value) const;

  private:
    std::optional<simdjson::dom::element> object_;
};

/// The same, to be written: members by key, each as JSON.
class KeptDraft {
  public:
    KeptDraft() = default;
    /// Begins with what is kept of a stored node.
    explicit KeptDraft(std::string_view attributes);

    void set(std::string_view key, std::string json);
    void erase(std::string_view key);
    /// `field` has `value`, and is shown as `shown`; both are JSON.
    void show_instead(model::FieldName field, std::string_view value, std::string_view shown);
    void show_as_is(model::FieldName field);

    [[nodiscard]] std::string json() const;

  private:
    std::map<std::string, std::string, std::less<>> members_;
    std::map<std::string, std::string, std::less<>> shown_;
};

}  // namespace cript::api::legacy
