#include "model/model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/json_reader.hpp"

namespace cript::model {
namespace {

std::vector<std::string> field_names(NodeType type) {
    std::vector<std::string> names;
    for (const auto& field : info(type).fields) names.emplace_back(text(field.name));
    return names;
}

std::size_t place_of(NodeType type, std::string_view name) {
    const auto* field = find_field(type, name);
    EXPECT_NE(field, nullptr) << name;
    return static_cast<std::size_t>(field - info(type).fields.data());
}

TEST(Model, HasTheTwentyThreeNodeTypes) {
    EXPECT_EQ(kNodeTypeCount, 23U);
    EXPECT_EQ(info(NodeType::ComputationProcess).name, "ComputationProcess");
    EXPECT_EQ(info(NodeType::ComputationProcess).slug, "computation_process");
}

TEST(Model, FindsEveryNodeTypeByNameAndSlug) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        const auto type = static_cast<NodeType>(at);
        EXPECT_EQ(node_type_named(info(type).name), type);
        EXPECT_EQ(node_type_with_slug(info(type).slug), type);
    }
    EXPECT_EQ(node_type_named("material"), std::nullopt);
    EXPECT_EQ(node_type_with_slug("Material"), std::nullopt);
    EXPECT_EQ(node_type_with_slug(""), std::nullopt);
}

TEST(Model, FindsEveryFieldByName) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        const auto type = static_cast<NodeType>(at);
        for (const auto& field : info(type).fields) {
            EXPECT_EQ(find_field(type, field.name), &field);
            EXPECT_EQ(find_field(type, text(field.name)), &field);
            EXPECT_EQ(field_named(text(field.name)), field.name);
        }
    }
    EXPECT_EQ(find_field(NodeType::Material, "journal"), nullptr) << "a field of another type";
    EXPECT_EQ(find_field(NodeType::Material, "nam"), nullptr);
    EXPECT_EQ(field_named("node"), std::nullopt) << "node, uuid and uid are the form of a node, not fields";
}

TEST(Model, HasTheTwentySixVocabulariesWithTheirTerms) {
    EXPECT_EQ(kVocabularyCount, 26U);
    std::size_t count = 0;
    for (std::size_t at = 0; at < kVocabularyCount; ++at) {
        const auto vocabulary = static_cast<Vocabulary>(at);
        EXPECT_EQ(vocabulary_named(text(vocabulary)), vocabulary);
        count += terms(vocabulary).size();
        for (const auto& term : terms(vocabulary)) {
            EXPECT_TRUE(has_term(vocabulary, term.name)) << term.name;
            EXPECT_FALSE(term.description.empty()) << term.name;
        }
    }
    EXPECT_EQ(count, 983U);
    EXPECT_EQ(vocabulary_named("no_such_key"), std::nullopt);
}

TEST(Model, KnowsATermOnlyInItsVocabulary) {
    EXPECT_TRUE(has_term(Vocabulary::FileType, "calibration"));
    EXPECT_FALSE(has_term(Vocabulary::FileType, "some_invalid_word"));
    EXPECT_FALSE(has_term(Vocabulary::QuantityKey, "calibration"));
    EXPECT_FALSE(has_term(Vocabulary::FileType, "Calibration")) << "terms are case-sensitive";
    EXPECT_FALSE(has_term(Vocabulary::DataLicense, ""));
}

TEST(Model, AcceptsBothSpellingsOfATermWithATrailingSpace) {
    EXPECT_TRUE(has_term(Vocabulary::ComputationalForcefieldKey, "tip3p_water "));
    EXPECT_TRUE(has_term(Vocabulary::ComputationalForcefieldKey, "tip3p_water"));
}

TEST(Model, ServesEachTermAsItsWholeJsonRecord) {
    const auto& mass = terms(Vocabulary::QuantityKey).front();
    const auto record = base::JsonDocument::parse(mass.json);
    ASSERT_TRUE(record);
    EXPECT_EQ(std::string_view(record->root()["name"]), "mass");
    EXPECT_EQ(std::string_view(record->root()["si_unit"]), "kg");
    EXPECT_EQ(std::string_view(record->root()["status"]), mass.status);
}

TEST(Model, EveryFieldOfANodeStandsOnce) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        const auto names = field_names(static_cast<NodeType>(at));
        EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
    }
}

TEST(Model, NamesComeFirstAndLinksLast) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        const auto type = static_cast<NodeType>(at);
        bool seen_link = false;
        for (const auto& field : info(type).fields) {
            if (field.read_only) continue;
            EXPECT_FALSE(seen_link && !is_link(field.kind)) << info(type).name << '.' << text(field.name);
            seen_link = seen_link || is_link(field.kind);
        }
    }
    EXPECT_LT(place_of(NodeType::Material, "name"), place_of(NodeType::Material, "notes"));
}

TEST(Model, AnswersShowMaterialsBeforeCollectionsAndInventoriesBeforeExperiments) {
    EXPECT_LT(place_of(NodeType::Project, "material"), place_of(NodeType::Project, "collection"));
    EXPECT_LT(place_of(NodeType::Collection, "inventory"), place_of(NodeType::Collection, "experiment"));
}

TEST(Model, SubobjectsAreAlwaysContained) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        for (const auto& field : info(static_cast<NodeType>(at)).fields) {
            if (!is_link(field.kind)) {
                EXPECT_EQ(field.role, LinkRole::None);
            } else if (field.target == NodeType::User) {
                EXPECT_EQ(field.role, LinkRole::Account);
            } else if (info(field.target).group == NodeGroup::Subobject) {
                EXPECT_EQ(field.role, LinkRole::Containment) << text(field.name);
            }
        }
    }
}

TEST(Model, TellsOwnershipFromReference) {
    const auto role = [](NodeType type, const char* field) { return find_field(type, field)->role; };
    EXPECT_EQ(role(NodeType::Project, "material"), LinkRole::Containment);
    EXPECT_EQ(role(NodeType::Experiment, "data"), LinkRole::Containment);
    EXPECT_EQ(role(NodeType::Data, "file"), LinkRole::Containment);
    EXPECT_EQ(role(NodeType::Equipment, "file"), LinkRole::Containment);
    EXPECT_EQ(role(NodeType::Inventory, "material"), LinkRole::Reference);
    EXPECT_EQ(role(NodeType::Process, "product"), LinkRole::Reference);
    EXPECT_EQ(role(NodeType::Ingredient, "material"), LinkRole::Reference);
    EXPECT_EQ(role(NodeType::Citation, "reference"), LinkRole::Reference);
    EXPECT_EQ(role(NodeType::SoftwareConfiguration, "software"), LinkRole::Reference);
    EXPECT_EQ(role(NodeType::Property, "data"), LinkRole::Reference);
    EXPECT_EQ(role(NodeType::Computation, "prerequisite_computation"), LinkRole::Reference);
}

TEST(Model, EveryTypeButProjectCanBeReachedByContainmentOrAsASharedNode) {
    std::set<NodeType> contained{NodeType::Project, NodeType::User, NodeType::Reference, NodeType::Software};
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        for (const auto& field : info(static_cast<NodeType>(at)).fields) {
            if (field.role == LinkRole::Containment) contained.insert(field.target);
        }
    }
    EXPECT_EQ(contained.size(), kNodeTypeCount);
}

}  // namespace
}  // namespace cript::model
