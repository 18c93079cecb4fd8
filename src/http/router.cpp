#include "http/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace cript::http {

namespace {

std::size_t index(Method method) {
    return static_cast<std::size_t>(method);
}

/// Takes the first segment off `path`, which is empty or begins with a slash.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool ends(std::string_view path) {
    return path.empty() || path == "/";
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_rest(std::string_view segment) {
    return is_parameter(segment) && segment.size() > 5 && segment.substr(segment.size() - 4) == "...}";
}

/// The place of a literal segment among sorted ones, or where it would stand.
template <class Literals>
auto place_of(Literals& literals, std::string_view segment) {
    return std::lower_bound(literals.begin(), literals.end(), segment,
                            [](const auto& literal, std::string_view text) { return literal.first < text; });
}

}  // namespace

/// One look-up: goes down the branches, back up where the path or the method does not fit, and notes on the
/// way which methods would have fitted.
struct Router::Search {
    Method method;
    std::vector<std::string_view> parameters{};
    std::array<bool, kMethodCount> allowed{};

    const Route* route_of(const RouteByMethod& routes) {
        if (const Route* route = routes[index(method)]) return route;
        if (const Route* route = routes[index(Method::Get)]; route && method == Method::Head) return route;
        for (std::size_t i = 0; i < kMethodCount; ++i) allowed[i] = allowed[i] || routes[i] != nullptr;
        return nullptr;
    }

    const Route* exact(const Branch& branch, std::string_view path) {
        if (ends(path)) {
            if (const Route* route = route_of(branch.end)) return route;
            if (path.empty()) return nullptr;
        }
        std::string_view rest = path;
        const std::string_view segment = take_segment(rest);
        const auto literal = place_of(branch.literals, segment);
        if (literal != branch.literals.end() && literal->first == segment) {
            if (const Route* route = exact(*literal->second, rest)) return route;
        }
        if (!branch.parameter || segment.empty()) return nullptr;
        parameters.push_back(segment);
        if (const Route* route = exact(*branch.parameter, rest)) return route;
        parameters.pop_back();
        return nullptr;
    }

    /// The longest pattern with `{name...}` wins.
    const Route* with_rest(const Branch& branch, std::string_view path) {
        std::string_view rest = path;
        if (!path.empty()) {
            const std::string_view segment = take_segment(rest);
            const auto literal = place_of(branch.literals, segment);
            if (literal != branch.literals.end() && literal->first == segment) {
                if (const Route* route = with_rest(*literal->second, rest)) return route;
            }
            if (branch.parameter && !segment.empty()) {
                parameters.push_back(segment);
                if (const Route* route = with_rest(*branch.parameter, rest)) return route;
                parameters.pop_back();
            }
        }
        const Route* route = route_of(branch.rest);
        if (route) parameters.push_back(path.empty() ? path : path.substr(1));
        return route;
    }

    [[nodiscard]] bool found_methods() const {
        return std::any_of(allowed.begin(), allowed.end(), [](bool is) { return is; });
    }
};

void Router::add(Route route) {
    std::string_view pattern = route.pattern;
    if (pattern.empty() || pattern.front() != '/')
        throw std::logic_error("A route's pattern begins with a slash");
    Branch* branch = &root_;
    RouteByMethod* routes = nullptr;
    while (!ends(pattern)) {
        const std::string_view segment = take_segment(pattern);
        if (is_rest(segment)) {
            if (!pattern.empty()) throw std::logic_error("A `{...}` segment is the last of its pattern");
            routes = &branch->rest;
            break;
        }
        if (is_parameter(segment)) {
            if (!branch->parameter) branch->parameter = std::make_unique<Branch>();
            branch = branch->parameter.get();
            continue;
        }
        auto literal = place_of(branch->literals, segment);
        if (literal == branch->literals.end() || literal->first != segment) {
            literal = branch->literals.emplace(literal, std::string(segment), std::make_unique<Branch>());
        }
        branch = literal->second.get();
    }
    if (!routes) routes = &branch->end;
    const Route*& place = (*routes)[index(route.method)];
    if (place) throw std::logic_error("Two routes have the same method and pattern");
    place = routes_.emplace_back(std::make_unique<Route>(std::move(route))).get();
}

Router::Match Router::find(Method method, std::string_view path) const {
    if (path.empty() || path.front() != '/') return {};
    Search search{method};
    const Route* route = search.exact(root_, path);
    if (!route && !search.found_methods()) route = search.with_rest(root_, path);
    Match match;
    match.route = route;
    if (route) {
        match.parameters.assign(search.parameters.begin(), search.parameters.end());
        return match;
    }
    const bool get = search.allowed[index(Method::Get)];
    for (std::size_t i = 0; i < kMethodCount; ++i) {
        const auto candidate = static_cast<Method>(i);
        if (search.allowed[i] || (candidate == Method::Head && get)) match.allowed.push_back(candidate);
    }
    return match;
}

}  // namespace cript::http
