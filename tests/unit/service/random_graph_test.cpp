#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "base/json_writer.hpp"
#include "graph_installation.hpp"

// Whatever graph is saved is what is read back, and whatever change of it is saved, too.

namespace cript::service {
namespace {

using model::NodeType;
using test::GraphState;
using test::NodeState;

/// A node of a random document: attributes as JSON texts, children as indexes into the document.
struct DocumentNode {
    NodeType type{};
    unsigned number = 0;
    std::map<std::string, std::string> attributes;
    std::map<std::string, std::vector<std::size_t>> links;
    std::set<std::string> cleared;  ///< attributes that the next save takes away
};

/// A document whose first node is the root; nodes that nothing links to any more are not part of it.
struct Document {
    std::vector<DocumentNode> nodes;

    [[nodiscard]] std::string text() const {
        std::string out;
        std::set<std::size_t> written;
        append(out, 0, written);
        return out;
    }
    [[nodiscard]] GraphState state() const {
        GraphState state;
        std::vector<std::size_t> waiting{0};
        while (!waiting.empty()) {
            const auto& node = nodes.at(waiting.back());
            waiting.pop_back();
            auto [entry, is_new] = state.try_emplace(test::uuid(node.number));
            if (!is_new) continue;
            entry->second = NodeState{node.type, node.attributes, {}};
            for (const auto& [field, children] : node.links) {
                for (const auto child : children) {
                    entry->second.links[field].push_back(test::uuid(nodes.at(child).number));
                    waiting.push_back(child);
                }
            }
        }
        return state;
    }

  private:
    void append(std::string& out, std::size_t index, std::set<std::size_t>& written) const {
        const auto& node = nodes.at(index);
        if (!written.insert(index).second) {
            out.append(test::link(node.number));
            return;
        }
        out.append(R"({"node":[")").append(model::info(node.type).name).append(R"("],"uuid":")");
        out.append(test::uuid_text(node.number)).append("\"");
        for (const auto& [name, value] : node.attributes) {
            out.append(",\"").append(name).append("\":").append(value);
        }
        for (const auto& name : node.cleared) out.append(",\"").append(name).append("\":null");
        for (const auto& [field, children] : node.links) {
            const auto* described = model::find_field(node.type, field);
            const bool is_list = described->kind == model::FieldKind::LinkList;
            out.append(",\"").append(field).append("\":").append(is_list ? "[" : "");
            for (std::size_t at = 0; at < children.size(); ++at) {
                if (at > 0) out.push_back(',');
                append(out, children[at], written);
            }
            if (is_list) out.push_back(']');
        }
        out.push_back('}');
    }
};

std::size_t below(std::size_t count) {
    return *rc::gen::inRange<std::size_t>(0, count);
}

std::string any_text() {
    static constexpr std::array<std::string_view, 7> kTexts{
        "plain", "quote \" and \\", "line\nbreak\ttab", "日本語 𝄞", "</script>", "Ünïcode", "  blanks  "};
    std::string out;
    base::JsonWriter::append_string(out, kTexts.at(below(kTexts.size())));
    return out;
}

std::string any_number() {
    std::string out;
    base::JsonWriter json(out);
    if (*rc::gen::arbitrary<bool>()) {
        json.value(*rc::gen::arbitrary<std::int64_t>());
    } else {
        const auto number = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
        json.value(std::isfinite(number) ? number : 0.1);
    }
    return out;
}

std::string any_value() {
    switch (below(4)) {
        case 0:
            return any_number();
        case 1:
            return any_text();
        case 2:
            return *rc::gen::arbitrary<bool>() ? "true" : "false";
        default:
            return "[" + any_number() + "," + any_number() + "]";
    }
}

/// Makes documents whose uuids and project names are not used again.
class Generator {
  public:
    Document project() {
        Document made;
        add(made, NodeType::Project, {{"name", "\"Project " + std::to_string(next_) + "\""}});
        if (below(2) == 0) made.nodes[0].attributes["notes"] = any_text();
        const auto materials = below(4);
        for (std::size_t at = 0; at < materials; ++at) link(made, 0, "material", add_material(made));
        for (auto count = below(3); count > 0; --count) link(made, 0, "collection", add_collection(made));
        return made;
    }

    /// Changes one thing of a document, as its author would.
    void mutate(Document& document) {
        const auto index = reachable(document);
        auto& node = document.nodes[index];
        switch (below(6)) {
            case 0:
                set(node);
                break;
            case 1:
                clear(node);
                break;
            case 2:
                link(document, 0, "material", add_material(document));
                break;
            case 3:
                cut(node);
                break;
            case 4:
                reverse(node);
                break;
            default:
                repeat(node);
                break;
        }
    }

  private:
    std::size_t add(Document& document, NodeType type, std::map<std::string, std::string> attributes) {
        document.nodes.push_back({type, next_++, std::move(attributes), {}, {}});
        return document.nodes.size() - 1;
    }
    static void link(Document& document, std::size_t parent, const std::string& field, std::size_t child) {
        document.nodes[parent].links[field].push_back(child);
    }
    std::size_t add_material(Document& document) {
        const auto material =
            add(document, NodeType::Material, {{"name", "\"material\""}, {"smiles", "\"C\""}});
        if (below(2) == 0) document.nodes[material].attributes["vendor"] = any_text();
        if (below(2) == 0)
            document.nodes[material].attributes["names"] = "[" + any_text() + "," + any_text() + "]";
        for (auto count = below(3); count > 0; --count) {
            const auto property =
                add(document, NodeType::Property,
                    {{"key", "\"+measured\""}, {"type", "\"value\""}, {"value", any_value()}});
            link(document, material, "property", property);
            if (below(2) == 0) {
                link(document, property, "condition",
                     add(document, NodeType::Condition,
                         {{"key", "\"+at\""}, {"type", "\"value\""}, {"value", any_number()}}));
            }
        }
        if (const auto other = any_material(document); below(2) == 0 && other)
            link(document, material, "component", *other);
        return material;
    }
    std::size_t add_collection(Document& document) {
        const auto collection = add(document, NodeType::Collection, {{"name", "\"collection\""}});
        if (below(2) == 0) {
            const auto inventory = add(document, NodeType::Inventory, {{"name", "\"inventory\""}});
            for (auto count = below(4); count > 0; --count) {
                if (const auto some = any_material(document)) link(document, inventory, "material", *some);
            }
            link(document, collection, "inventory", inventory);
        }
        for (auto count = below(3); count > 0; --count) {
            const auto experiment = add(document, NodeType::Experiment, {{"name", "\"experiment\""}});
            link(document, collection, "experiment", experiment);
            link(document, experiment, "process", add_process(document));
        }
        return collection;
    }
    std::size_t add_process(Document& document) {
        const auto process = add(document, NodeType::Process, {{"name", "\"process\""}, {"type", "\"mix\""}});
        for (auto count = below(3); count > 0; --count) {
            const auto some = any_material(document);
            if (!some) break;
            const auto ingredient = add(document, NodeType::Ingredient, {});
            link(document, ingredient, "material", *some);
            link(document, ingredient, "quantity",
                 add(document, NodeType::Quantity,
                     {{"key", "\"mass\""}, {"value", "1.5"}, {"unit", "\"kg\""}}));
            link(document, process, "ingredient", ingredient);
            link(document, process, "product", *some);
        }
        return process;
    }
    static std::optional<std::size_t> any_material(const Document& document) {
        std::vector<std::size_t> materials;
        for (std::size_t at = 0; at < document.nodes.size(); ++at) {
            if (document.nodes[at].type == NodeType::Material) materials.push_back(at);
        }
        if (materials.empty()) return std::nullopt;
        return materials[below(materials.size())];
    }
    static std::size_t reachable(const Document& document) {
        const auto state = document.state();
        std::vector<std::size_t> there;
        for (std::size_t at = 0; at < document.nodes.size(); ++at) {
            if (state.contains(test::uuid(document.nodes[at].number))) there.push_back(at);
        }
        return there[below(there.size())];
    }
    static void set(DocumentNode& node) {
        switch (node.type) {
            case NodeType::Property:
                node.attributes["value"] = any_value();
                break;
            case NodeType::Material:
                node.attributes["vendor"] = any_text();
                break;
            case NodeType::Condition:
                node.attributes["descriptor"] = any_text();
                break;
            case NodeType::Ingredient:
                break;
            case NodeType::Quantity:
                node.attributes["value"] = "2.5";
                break;
            default:
                node.attributes["notes"] = any_text();
                break;
        }
    }
    static void clear(DocumentNode& node) {
        for (const auto* name : {"notes", "vendor", "names", "descriptor"}) {
            if (node.attributes.erase(name) > 0) return void(node.cleared.insert(name));
        }
    }
    /// The field of a list that may be changed at will, or nothing.
    static std::vector<std::size_t>* some_list(DocumentNode& node) {
        for (auto& [field, children] : node.links) {
            const bool is_list = model::find_field(node.type, field)->kind == model::FieldKind::LinkList;
            if (is_list && !children.empty()) return &children;
        }
        return nullptr;
    }
    static void cut(DocumentNode& node) {
        if (auto* list = some_list(node))
            list->erase(list->begin() + static_cast<std::ptrdiff_t>(below(list->size())));
    }
    static void reverse(DocumentNode& node) {
        if (auto* list = some_list(node)) std::reverse(list->begin(), list->end());
    }
    static void repeat(DocumentNode& node) {
        const auto field = node.links.find("material");
        const bool is_inventory =
            node.type == NodeType::Inventory && field != node.links.end() && !field->second.empty();
        if (is_inventory) field->second.push_back(field->second.front());
    }

    unsigned next_ = 1;
};

class RandomGraphs : public test::GraphInstallation {
  protected:
    GraphState stored(const Document& document) {
        return read(ada_, NodeType::Project, document.nodes.front().number);
    }
    Generator generator_;
};

TEST_F(RandomGraphs, AreReadBackAsTheyWereSaved) {
    EXPECT_TRUE(rc::check([&] {
        const auto document = generator_.project();
        const auto saved = try_create(ada_, NodeType::Project, document.text());
        if (!saved) RC_FAIL(saved.error().message + "\n" + document.text());
        RC_ASSERT(saved->created == document.state().size());
        RC_ASSERT(stored(document) == document.state());
    }));
}

TEST_F(RandomGraphs, ChangeNothingWhenTheyAreSavedAgain) {
    EXPECT_TRUE(rc::check([&] {
        const auto document = generator_.project();
        RC_ASSERT(try_create(ada_, NodeType::Project, document.text()).has_value());
        for (const bool replaces : {false, true}) {
            const auto again =
                try_change(ada_, NodeType::Project, document.text(), {.replace_lists = replaces});
            RC_ASSERT(again.has_value());
            RC_ASSERT(again->created + again->changed == 0U);
        }
    }));
}

TEST_F(RandomGraphs, AreReadBackAsTheyWereChanged) {
    EXPECT_TRUE(rc::check([&] {
        auto document = generator_.project();
        RC_ASSERT(try_create(ada_, NodeType::Project, document.text()).has_value());
        for (auto changes = 1 + below(5); changes > 0; --changes) {
            generator_.mutate(document);
            const auto saved = try_change(ada_, NodeType::Project, document.text(), {.replace_lists = true});
            if (!saved) RC_FAIL(saved.error().message + "\n" + document.text());
            for (auto& node : document.nodes) node.cleared.clear();
            RC_ASSERT(stored(document) == document.state());
        }
    }));
}

TEST_F(RandomGraphs, AreToldByADryRunAsASaveDoesThem) {
    EXPECT_TRUE(rc::check([&] {
        auto document = generator_.project();
        RC_ASSERT(try_create(ada_, NodeType::Project, document.text()).has_value());
        generator_.mutate(document);
        const auto before = stored(document);
        const auto told =
            try_change(ada_, NodeType::Project, document.text(), {.replace_lists = true, .dry_run = true});
        RC_ASSERT(told.has_value());
        RC_ASSERT(stored(document) == before);
        const auto done = try_change(ada_, NodeType::Project, document.text(), {.replace_lists = true});
        RC_ASSERT(done.has_value());
        RC_ASSERT(told->created == done->created);
        RC_ASSERT(told->changed == done->changed);
        RC_ASSERT(told->unchanged == done->unchanged);
        RC_ASSERT(told->changes.size() == told->created + told->changed);
    }));
}

}  // namespace
}  // namespace cript::service
