#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "model/model.hpp"
#include "model/problem_list.hpp"

namespace cript::model {

/// "a number", "a list", …: the kind of a JSON value, for messages.
[[nodiscard]] std::string_view kind_of(simdjson::dom::element value);

/// Checks the attributes of nodes and writes their canonical form.
class AttributeReader {
  public:
    AttributeReader(ProblemList& problems, ProblemList& warnings, bool takes_any_name)
        : problems_(problems), warnings_(warnings), takes_any_name_(takes_any_name) {}

    /// Appends the value (not null, not a link) to `out` and reports what is wrong with it.
    void read(const Field& field, simdjson::dom::element value, const Step& place, std::string& out);

  private:
    void read_text(const Field& field, simdjson::dom::element value, const Step& place, std::string& out);
    void read_integer(simdjson::dom::element value, const Step& place, std::string& out);
    template <class ReadItem>
    void read_list(simdjson::dom::element value, const Step& place, std::string& out, ReadItem read_item);
    void read_free_list(const Field& field, simdjson::dom::array list, const Step& place, std::string& out);
    void read_scalar(const Field& field, simdjson::dom::element value, const Step& place, std::string& out);
    void check_text(const Field& field, std::string_view text, const Step& place);
    void check_term(const Field& field, std::string_view word, const Step& place);
    void wrong_type(const Step& place, std::string_view expected, simdjson::dom::element found);

    ProblemList& problems_;
    ProblemList& warnings_;
    bool takes_any_name_;
};

}  // namespace cript::model
