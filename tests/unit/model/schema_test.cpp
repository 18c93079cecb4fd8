#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "documents.hpp"
#include "json_schema.hpp"

/// What clients of the service rely on in the schema at /schema/.
namespace cript::model::test {
namespace {

const JsonSchema& schema() {
    static const JsonSchema parsed(json_schema());
    return parsed;
}

void collect_references(const nlohmann::json& value, std::set<std::string>& found) {
    if (value.is_object() && value.contains("$ref") && value.at("$ref").is_string())
        found.insert(value.at("$ref"));
    for (const auto& item : value) {
        if (item.is_structured()) collect_references(item, found);
    }
}

bool has_post_and_patch(const NodeInfo& node) {
    const auto& definitions = schema().root().at("$defs");
    return definitions.contains(std::string(node.name) + "Post") &&
           definitions.contains(std::string(node.name) + "Patch");
}

std::string definition_name(std::string_view slug) {
    std::string out;
    bool start = true;
    for (const char c : slug) {
        if (c != '_')
            out.push_back(start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c);
        start = c == '_';
    }
    return out;
}

/// A node with a value for every field, which need not be a sensible one.
bool post_accepts(const char* type, const std::string& members) {
    return schema().accepts_text(std::string(type) + "Post",
                                 "{\"node\":[\"" + std::string(type) + "\"]" + members + "}");
}

TEST(Schema, IsDraft7WithItsRootAtAProject) {
    EXPECT_EQ(schema().root().at("$schema"), "http://json-schema.org/draft-07/schema#");
    EXPECT_EQ(schema().root().at("$ref"), "#/$defs/ProjectPost");
}

TEST(Schema, DefinesPostAndPatchOfEveryNodeType) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        EXPECT_TRUE(has_post_and_patch(info(static_cast<NodeType>(at))));
    }
    EXPECT_EQ(schema().root().at("$defs").size(), 80U);
}

TEST(Schema, EveryReferenceLeadsToADefinition) {
    std::set<std::string> references;
    collect_references(schema().root(), references);
    EXPECT_GT(references.size(), 50U);
    for (const auto& reference : references) {
        ASSERT_TRUE(reference.starts_with("#/$defs/"));
        EXPECT_TRUE(schema().root().at("$defs").contains(reference.substr(8))) << reference;
    }
}

TEST(Schema, EnumeratesEveryTermOfEveryVocabularyAndLetsCustomOnesPass) {
    for (std::size_t at = 0; at < kVocabularyCount; ++at) {
        const auto vocabulary = static_cast<Vocabulary>(at);
        const auto name = definition_name(text(vocabulary));
        for (const auto& term : terms(vocabulary)) {
            EXPECT_TRUE(schema().accepts(name, nlohmann::json(term.name))) << term.name;
        }
        EXPECT_TRUE(schema().accepts(name, nlohmann::json("+my_own"))) << name;
        EXPECT_FALSE(schema().accepts(name, nlohmann::json(1))) << name;
        EXPECT_EQ(schema().accepts(name, nlohmann::json("some_invalid_word")), terms(vocabulary).empty())
            << name;
    }
}

TEST(Schema, RequiresWhatCreationNeedsAndNothingMore) {
    const auto required = [](const char* name) { return schema().definition(name).at("required"); };
    using Json = nlohmann::json;
    EXPECT_EQ(required("ProjectPost"), Json({"node", "name"}));
    EXPECT_EQ(required("MaterialPost"), Json({"node", "name"}));
    EXPECT_EQ(required("ProcessPost"), Json({"node"}));
    EXPECT_EQ(required("ComputationPost"), Json({"node"}));
    EXPECT_EQ(required("DataPost"), Json({"node"}));
    EXPECT_EQ(required("FilePost"), Json({"node", "source", "type"}));
    EXPECT_EQ(required("ReferencePost"), Json({"node", "type", "title"}));
    EXPECT_EQ(required("SoftwarePost"), Json({"node", "name", "version"}));
    EXPECT_EQ(required("IngredientPost"), Json({"node", "material"}));
    EXPECT_EQ(required("QuantityPost"), Json({"node", "key", "value"}));
    EXPECT_EQ(required("PropertyPost"), Json({"node", "key", "type"}));
    EXPECT_EQ(required("ParameterPost"), Json({"node", "key", "value"}));
    EXPECT_EQ(required("ComputationalForcefieldPost"), Json({"node", "key", "building_block"}));
    EXPECT_EQ(required("UserPost"), Json({"node"}));
}

TEST(Schema, PatchNeedsOnlyTheTypeAndCarriesNoIdentity) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        const auto name = std::string(info(static_cast<NodeType>(at)).name);
        const auto& patch = schema().definition(name + "Patch");
        EXPECT_EQ(patch.at("required"), nlohmann::json({"node"}));
        EXPECT_TRUE(schema().accepts_text(name + "Patch", R"({"node":[")" + name + "\"]}"));
        for (const auto* field : {"uid", "uuid", "created_at", "created_by", "locked"}) {
            EXPECT_FALSE(patch.at("properties").contains(field)) << name << '.' << field;
        }
    }
}

TEST(Schema, RefusesAnUnknownMember) {
    EXPECT_FALSE(post_accepts("Material", R"(,"name":"x","invalid key":1)"));
    EXPECT_FALSE(schema().accepts_text("MaterialPost", R"({"invalid key":"a","node":["Material"]})"));
}

TEST(Schema, NeedsNoUuidAndTakesAnyTextAsUid) {
    EXPECT_TRUE(post_accepts("Material", R"(,"name":"0.053 gel","uid":"_:0.053 volume fraction CM gel")"));
    EXPECT_FALSE(post_accepts("Material", R"(,"name":"0.053 gel","uid":"0.053")"));
}

TEST(Schema, TakesAFileWithoutNameAndIdentity) {
    EXPECT_TRUE(post_accepts(
        "File",
        R"(,"source":"https://criptapp.org","type":"calibration","extension":".csv","data_dictionary":"d")"));
}

TEST(Schema, NodeIsAListOfTheOneTypeName) {
    EXPECT_FALSE(schema().accepts_text("MaterialPost", R"({"node":"Material","name":"water"})"));
    EXPECT_FALSE(schema().accepts_text("MaterialPost", R"({"node":["Process"],"name":"water"})"));
    EXPECT_FALSE(schema().accepts_text("MaterialPost", R"({"node":["Material","Material"],"name":"water"})"));
    EXPECT_FALSE(schema().accepts_text("MaterialPost", R"({"node":[],"name":"water"})"));
}

TEST(Schema, NamesAreLooserThanOnInputSoThatWhatOthersSavedStillLoads) {
    EXPECT_EQ(schema().definition("NameField"),
              nlohmann::json({{"type", "string"}, {"minLength", 1}, {"maxLength", 2048}}));
    EXPECT_TRUE(post_accepts("Material", R"(,"name":"$")"));
    EXPECT_FALSE(post_accepts("Material", R"(,"name":"")"));
}

TEST(Schema, TiesTheUnitOfAQuantityToItsKey) {
    for (const auto* good :
         {R"(,"key":"mass","value":1.5,"unit":"kg")", R"(,"key":"volume","value":0,"unit":"m**3")",
          R"(,"key":"pressure","value":1,"unit":"kPa")", R"(,"key":"mole","value":1,"unit":"mmole")",
          R"(,"key":"number","value":3,"unit":"")", R"(,"key":"+parts","value":"two","unit":"x")",
          R"(,"key":"equivalence","value":1.1,"unit":"")", R"(,"key":"number","value":3)",
          R"(,"key":"+parts","value":2)"}) {
        EXPECT_TRUE(post_accepts("Quantity", good)) << good;
    }
    for (const auto* bad :
         {R"(,"key":"mass","value":1.5,"unit":"g")", R"(,"key":"mass","value":-1,"unit":"kg")",
          R"(,"key":"mass","value":"1","unit":"kg")", R"(,"key":"mass","value":1)",
          R"(,"key":"weight","value":1,"unit":"kg")"}) {
        EXPECT_FALSE(post_accepts("Quantity", bad)) << bad;
    }
}

TEST(Schema, TiesTheKindOfAParameterToItsKeyAndAlwaysTakesNumbers) {
    for (const auto* good :
         {R"(,"key":"update_frequency","value":1000.0,"unit":"1/second")",
          R"(,"key":"damping_time","value":1,"unit":"")", R"(,"key":"damping_time","value":1,"unit":null)",
          R"(,"key":"bond_type","value":"all")", R"(,"key":"bond_type","value":1.0)",
          R"(,"key":"lbcc","value":true)", R"(,"key":"lbcc","value":1.0)",
          R"(,"key":"+mine","value":"anything")", R"(,"key":"maxit","value":20)"}) {
        EXPECT_TRUE(post_accepts("Parameter", good)) << good;
    }
    for (const auto* bad : {R"(,"key":"update_frequency","value":"abc")", R"(,"key":"lbcc","value":"yes")",
                            R"(,"key":"damping_time","value":-1)", R"(,"key":"damping_time","value":[1])",
                            R"(,"key":"damping_time")"}) {
        EXPECT_FALSE(post_accepts("Parameter", bad)) << bad;
    }
}

TEST(Schema, TakesAPropertyWithAnyTypeMethodAndValue) {
    for (const auto* members :
         {R"(,"key":"enthalpy","type":"value","value":5.0,"unit":"GPa")",
          R"(,"key":"phase","type":"none","value":"solid","unit":null)",
          R"(,"key":"yield_mass","type":"number","value":2e-3,"unit":"kilogram","method":"scale")",
          R"(,"key":"rho_z","type":"mean","value":[1,2.5,"x"])",
          R"(,"key":"color","type":"none","value":true)",
          R"(,"key":"color","type":"none","value":null,"method":"a method of ours")",
          R"(,"key":"color","type":"none","unit":"")", R"(,"key":"+own","type":"value")"}) {
        EXPECT_TRUE(post_accepts("Property", members)) << members;
    }
    EXPECT_FALSE(post_accepts("Property", R"(,"key":"colour","type":"none")"));
    EXPECT_FALSE(post_accepts("Property", R"(,"key":"color")"));
    EXPECT_FALSE(post_accepts("Property", R"(,"key":"color","type":"none","uncertainty":"0.1")"));
}

TEST(Schema, TakesConditionsWithIntegersTextAndFreeTypes) {
    for (const auto* members :
         {R"(,"key":"temperature","type":"value","value":1)", R"(,"key":"atm","type":"min","value":"argon")",
          R"(,"key":"temperature","type":"whatever","value":22,"unit":"C","set_id":0,"measurement_id":2)", "",
          R"(,"value":null)", R"(,"uncertainty":"0.1","uncertainty_type":"stderr")"}) {
        EXPECT_TRUE(post_accepts("Condition", members)) << members;
    }
    EXPECT_FALSE(post_accepts("Condition", R"(,"set_id":1.5)"));
    EXPECT_FALSE(post_accepts("Condition", R"(,"value":{"a":1})"));
}

TEST(Schema, StaysValidWhenAttributesAreCleared) {
    for (const auto* type : {"Computation", "ComputationProcess", "Process", "Data", "Inventory", "Equipment",
                             "Condition", "SoftwareConfiguration", "User"}) {
        EXPECT_TRUE(post_accepts(type, "")) << type;
    }
    EXPECT_TRUE(post_accepts("Reference", R"(,"type":"journal_article","title":"t")"));
    EXPECT_TRUE(post_accepts("Software", R"(,"name":"LAMMPS","version":"23")"));
    EXPECT_TRUE(post_accepts("Algorithm", R"(,"key":"mc_barostat","type":"barostat")"));
    EXPECT_TRUE(
        post_accepts("Material", R"(,"name":"m","computational_forcefield":null,"parent_material":null)"));
}

TEST(Schema, TakesAProjectAsTheServerAnsweredIt) {
    const std::string user =
        R"({"node":["User"],"uid":"_:u","uuid":"u1","username":"ada","picture":"/my/picture/path",
        "email":null,"orcid":null,"created_at":"2024-03-12 15:58:12.486673","model_version":"1.0.0"})";
    EXPECT_TRUE(post_accepts("Project", R"(,"name":"p","locked":true,"public":true,"created_by":)" + user +
                                            R"(,"updated_by":)" + user +
                                            R"(,"member":[{"uuid":"u1"}],"admin":[)" + user + "]"));
}

TEST(Schema, ListsMayRepeatALink) {
    EXPECT_TRUE(post_accepts(
        "Inventory", R"(,"name":"i","material":[{"uuid":"a"},{"uuid":"a"},{"uid":"_:b"},{"uid":"_:b"}])"));
    EXPECT_FALSE(post_accepts("Inventory", R"(,"name":"i","material":[{"uuid":"a","uid":"_:a"}])"));
}

TEST(Schema, KnowsTheWordsThatTutorialsUse) {
    const std::pair<const char*, std::vector<const char*>> words[] = {
        {"ProcessType", {"affinity_pure", "blow_molding", "multistep", "mix"}},
        {"ComputationType", {"analysis", "data_fit", "initialization", "MD"}},
        {"DataType",
         {"afm_amp", "afm_height", "computation_config", "computation_forcefield", "computation_trajectory"}},
        {"FileType", {"calibration", "computation_config", "computation_snapshot", "data"}},
        {"AlgorithmKey", {"mc_barostat", "berendsen", "energy_minimization"}},
        {"AlgorithmType", {"barostat", "integration", "initialization"}},
        {"CitationType", {"reference", "replicated", "extracted_by_human", "derived_from"}},
        {"ConditionKey", {"temperature", "pressure", "atm", "time_duration", "number"}},
        {"EquipmentKey", {"hot_plate", "burner", "glass_beaker"}},
        {"ComputationalForcefieldKey", {"opls_aa", "opls_ua", "amber"}},
        {"BuildingBlock", {"atom", "united_atoms"}},
        {"IngredientKeyword", {"catalyst", "monomer", "polymer", "initiator", "solvent", "quench", "workup"}},
        {"MaterialKeyword", {"acetylene"}},
        {"ProcessKeyword", {"anionic", "annealing_sol"}},
        {"MaterialPropertyKey", {"phase", "color"}},
        {"ComputationalProcessPropertyKey", {"enthalpy", "rho_z"}},
        {"ProcessPropertyKey", {"yield_mass"}},
        {"PropertyMethod", {"comp", "scale"}},
        {"QuantityKey", {"mass", "volume"}},
        {"ReferenceType", {"journal_article"}},
        {"UncertaintyType", {"stdev", "stderr", "fwhm"}},
        {"ParameterKey", {"update_frequency", "damping_time"}},
        {"MaterialIdentifierKey", {"bigsmiles", "smiles", "pubchem_cid"}},
    };
    for (const auto& [definition, terms] : words) {
        for (const auto* term : terms)
            EXPECT_TRUE(schema().accepts(definition, nlohmann::json(term))) << term;
    }
}

TEST(Schema, AcceptsTheShippedExamples) {
    for (const auto* name :
         {"seed_materials.json", "polystyrene_synthesis.json", "polystyrene_template.sheet.json"}) {
        EXPECT_TRUE(schema().accepts_text("ProjectPost", example(name))) << name;
    }
}

TEST(Schema, HasEveryFieldOfTheTables) {
    for (std::size_t at = 0; at < kNodeTypeCount; ++at) {
        const auto& node = info(static_cast<NodeType>(at));
        const auto& properties = schema().definition(std::string(node.name) + "Post").at("properties");
        for (const auto& field : node.fields)
            EXPECT_TRUE(properties.contains(text(field.name))) << text(field.name);
        EXPECT_EQ(properties.size(), node.fields.size() + 3) << "node, uid, uuid and the fields";
    }
}

}  // namespace
}  // namespace cript::model::test
