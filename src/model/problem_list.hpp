#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_reader.hpp"
#include "base/result.hpp"

namespace cript::model {

/// One step of the way from the root of a document to a value. The way is a list on the stack, so that a
/// document without problems never pays for pointers.
struct Step {
    const Step* above = nullptr;
    std::string_view key{};  ///< of an object; unused for an index
    std::size_t index = 0;
    bool is_index = false;

    [[nodiscard]] static Step root() { return {}; }
    [[nodiscard]] Step field(std::string_view name) const { return {this, name, 0, false}; }
    [[nodiscard]] Step item(std::size_t position) const { return {this, {}, position, true}; }

    void append_to(std::string& pointer) const {
        if (above == nullptr) return;
        above->append_to(pointer);
        if (is_index) {
            pointer.push_back('/');
            pointer.append(std::to_string(index));
        } else {
            base::append_pointer(pointer, key);
        }
    }
    [[nodiscard]] std::string pointer() const {
        std::string out;
        append_to(out);
        return out;
    }
};

/// What to tell about a problem.
struct Finding {
    std::string message;
    std::string suggestion{};
};

/// The problems of one document: the first ones in full, the rest only counted, so that a large bad document
/// costs no more than a large good one.
class ProblemList {
  public:
    explicit ProblemList(std::size_t capacity) : capacity_(capacity) {}

    /// `describe` returns a Finding, and is called only if there is room.
    template <class Describe>
    void add(const Step& place, const char* code, Describe describe) {
        add_at([&] { return place.pointer(); }, code, describe);
    }
    template <class Pointer, class Describe>
    void add_at(Pointer pointer, const char* code, Describe describe) {
        ++count_;
        if (problems_.size() >= capacity_) return;
        Finding finding = describe();
        problems_.push_back({pointer(), std::move(finding.message), code, std::move(finding.suggestion)});
    }

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] std::vector<base::Problem> take() { return std::move(problems_); }

  private:
    std::size_t capacity_;
    std::size_t count_ = 0;
    std::vector<base::Problem> problems_;
};

}  // namespace cript::model
