#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "cript/json.hpp"
#include "cript/result.hpp"

namespace cript {

class Connection;

/// Where and how a search looks.
struct SearchOptions {
    std::string field;            ///< attribute to look in, such as "smiles"; empty for the name
    bool exact = false;           ///< the text is the whole of it, not a part
    bool case_sensitive = false;  ///< "co" does not find "CO"
    int page_size = 50;           ///< hits a request, 1 to 100
};

/// A node that was found. Ask for the whole of it with Api::get.
struct Hit {
    std::string uuid;
    std::string node_type;        ///< "Material"
    std::string name;             ///< empty for types without
    std::optional<double> score;  ///< 0 to 1, in a search by similarity
    Json node;  ///< as the server tells it: with direct children, and what is deeper only counted
};

/// What a search finds, fetched page by page as it is walked through:
///
///     auto hits = api.search<cript::Material>("styrene");
///     for (const auto& hit : hits) std::cout << hit.name << '\n';
///     if (hits.error()) std::cerr << *hits.error() << '\n';
///
/// A failure ends the walk, so ask for `error()` behind it. It can be walked through once, and needs the Api
/// that made it.
class Search {
  public:
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Hit;
        using difference_type = std::ptrdiff_t;
        using pointer = const Hit*;
        using reference = const Hit&;

        Iterator() = default;  ///< the end
        reference operator*() const { return search_->hits_[search_->at_]; }
        pointer operator->() const { return &**this; }
        Iterator& operator++() {
            ++search_->at_;
            return settle();
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& left, const Iterator& right) {
            return left.search_ == right.search_;
        }
        friend bool operator!=(const Iterator& left, const Iterator& right) { return !(left == right); }

      private:
        friend class Search;
        explicit Iterator(Search* search) : search_(search) { settle(); }
        Iterator& settle() {
            if (!search_->reach()) search_ = nullptr;
            return *this;
        }
        Search* search_ = nullptr;
    };

    [[nodiscard]] Iterator begin() { return Iterator(this); }
    [[nodiscard]] Iterator end() { return {}; }

    /// What ended the walk before its end, if anything did.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

    /// How many there are in all; asks the server if nothing was asked yet.
    [[nodiscard]] Result<std::int64_t> count();

    /// The hits from here on, at most `limit`.
    [[nodiscard]] Result<std::vector<Hit>> take(std::size_t limit);

  private:
    friend class JsonApi;
    enum class Kind : std::uint8_t { ByText, BySimilarity };

    Search(Connection& connection, Kind kind, std::string type, std::string text, SearchOptions options)
        : connection_(&connection),
          kind_(kind),
          type_(std::move(type)),
          text_(std::move(text)),
          options_(std::move(options)) {}

    /// Is there a hit at the present place? Fetches the next page when this one is at its end.
    bool reach();
    bool fetch();
    [[nodiscard]] Result<Json> ask() const;

    Connection* connection_;
    Kind kind_;
    std::string type_;
    std::string text_;
    SearchOptions options_;
    std::vector<Hit> hits_;  ///< of the present page
    std::size_t at_ = 0;
    std::int64_t count_ = -1;  ///< not known yet
    bool is_over_ = false;
    std::optional<Error> error_;
};

}  // namespace cript
