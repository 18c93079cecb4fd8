#include "api/legacy/fields.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace cript::api::legacy {

namespace {

using model::NodeType;
using enum Shape;
using F = model::FieldName;

// Of what is only kept, the field says nothing.
constexpr F kNone = F::Name;

constexpr std::array kProject{Field{"name", Text, F::Name}, Field{"notes", Value, F::Notes}};
constexpr std::array kCollection{Field{"name", Text, F::Name}, Field{"citations", NestedList, F::Citation},
                                 Field{"notes", Value, F::Notes}};
constexpr std::array kExperiment{Field{"name", Text, F::Name}, Field{"funding", List, F::Funding},
                                 Field{"notes", Value, F::Notes}};
constexpr std::array kInventory{Field{"name", Text, F::Name}, Field{"materials", Links, F::Material},
                                Field{"notes", Value, F::Notes}};
constexpr std::array kMaterial{Field{"name", Text, F::Name},
                               Field{"identifiers", Identifiers, kNone},
                               Field{"components", Links, F::Component},
                               Field{"keywords", Value, F::Keyword},
                               Field{"properties", NestedList, F::Property},
                               Field{"process", Link, F::Process},
                               Field{"computational_forcefield", Nested, F::ComputationalForcefield},
                               Field{"notes", Value, F::Notes}};
constexpr std::array kProcess{Field{"name", Text, F::Name},
                              Field{"type", Text, F::Type},
                              Field{"keywords", Value, F::Keyword},
                              Field{"description", Value, F::Description},
                              Field{"prerequisite_processes", Links, F::PrerequisiteProcess},
                              Field{"ingredients", NestedList, F::Ingredient},
                              Field{"equipment", NestedList, F::Equipment},
                              Field{"properties", NestedList, F::Property},
                              Field{"conditions", NestedList, F::Condition},
                              Field{"set_id", KeptInteger, kNone},
                              Field{"products", Links, F::Product},
                              Field{"waste", Links, F::Waste},
                              Field{"citations", NestedList, F::Citation}};
constexpr std::array kData{Field{"name", Text, F::Name},
                           Field{"type", Text, F::Type},
                           Field{"files", Links, F::File},
                           Field{"sample_preparation", Link, F::SamplePreparation},
                           Field{"computations", Links, F::Computation},
                           Field{"computational_process", FirstLink, F::ComputationProcess},
                           Field{"materials", BackLinks, F::Material},
                           Field{"processes", BackLinks, F::Process},
                           Field{"citations", NestedList, F::Citation},
                           Field{"notes", Value, F::Notes}};
constexpr std::array kComputation{Field{"name", Text, F::Name},
                                  Field{"type", Text, F::Type},
                                  Field{"input_data", Links, F::InputData},
                                  Field{"output_data", Links, F::OutputData},
                                  Field{"software_configurations", NestedList, F::SoftwareConfiguration},
                                  Field{"conditions", NestedList, F::Condition},
                                  Field{"prerequisite_computation", Link, F::PrerequisiteComputation},
                                  Field{"citations", NestedList, F::Citation},
                                  Field{"notes", Value, F::Notes}};
constexpr std::array kComputationalProcess{
    Field{"name", Text, F::Name},
    Field{"type", Text, F::Type},
    Field{"input_data", Links, F::InputData},
    Field{"output_data", Links, F::OutputData},
    Field{"ingredients", NestedList, F::Ingredient},
    Field{"software_configurations", NestedList, F::SoftwareConfiguration},
    Field{"properties", NestedList, F::Property},
    Field{"conditions", NestedList, F::Condition},
    Field{"citations", NestedList, F::Citation},
    Field{"notes", Value, F::Notes}};
constexpr std::array kFile{Field{"name", Text, F::Name},
                           Field{"source", Source, F::Source},
                           Field{"type", Text, F::Type},
                           Field{"checksum", KeptText, kNone},
                           Field{"unique_name", UniqueName, F::Extension},
                           Field{"extension", Value, F::Extension}};
constexpr std::array kReference{Field{"title", Text, F::Title},       Field{"authors", Value, F::Author},
                                Field{"journal", Value, F::Journal},  Field{"publisher", Value, F::Publisher},
                                Field{"year", Value, F::Year},        Field{"volume", Value, F::Volume},
                                Field{"issue", Value, F::Issue},      Field{"pages", Value, F::Pages},
                                Field{"doi", Value, F::Doi},          Field{"issn", Value, F::Issn},
                                Field{"arxiv_id", Value, F::ArxivId}, Field{"pmid", Value, F::Pmid},
                                Field{"website", Value, F::Website},  Field{"notes", KeptText, kNone}};
constexpr std::array kSoftware{Field{"name", Text, F::Name}, Field{"version", Text, F::Version},
                               Field{"source", Value, F::Source}, Field{"notes", KeptText, kNone}};
constexpr std::array kUser{Field{"username", Text, F::Username}, Field{"email", Email, F::Email},
                           Field{"orcid_id", Text, F::Orcid}};

constexpr std::array kProperty{Field{"key", Text, F::Key},
                               Field{"value", Value, F::Value},
                               Field{"unit", Value, F::Unit},
                               Field{"type", Value, F::Type, model::Vocabulary::SetType},
                               Field{"method", Value, F::Method, model::Vocabulary::PropertyMethod},
                               Field{"method_description", KeptText, kNone},
                               Field{"sample_preparation", Link, F::SamplePreparation},
                               Field{"uncertainty", Number, F::Uncertainty},
                               Field{"uncertainty_type", Value, F::UncertaintyType},
                               Field{"components", Links, F::Component},
                               Field{"components_relative", KeptLinks, kNone},
                               Field{"structure", Value, F::Structure},
                               Field{"set_id", KeptInteger, kNone},
                               Field{"conditions", NestedList, F::Condition},
                               Field{"data", FirstLink, F::Data},
                               Field{"computations", Links, F::Computation},
                               Field{"citations", NestedList, F::Citation},
                               Field{"notes", Value, F::Notes}};
constexpr std::array kCondition{Field{"key", Text, F::Key},
                                Field{"value", Value, F::Value},
                                Field{"unit", Value, F::Unit},
                                Field{"type", Value, F::Type, model::Vocabulary::SetType},
                                Field{"uncertainty", Number, F::Uncertainty},
                                Field{"uncertainty_type", Value, F::UncertaintyType},
                                Field{"material", KeptLink, kNone},
                                Field{"descriptor", Value, F::Descriptor},
                                Field{"set_id", Value, F::SetId},
                                Field{"measurement_id", Value, F::MeasurementId},
                                Field{"data", FirstLink, F::Data}};
constexpr std::array kIngredient{Field{"material", Link, F::Material},
                                 Field{"quantities", NestedList, F::Quantity},
                                 Field{"keyword", FirstText, F::Keyword}};
constexpr std::array kQuantity{Field{"key", Text, F::Key}, Field{"value", Number, F::Value},
                               Field{"unit", Value, F::Unit}, Field{"uncertainty", Float, F::Uncertainty},
                               Field{"uncertainty_type", Value, F::UncertaintyType}};
constexpr std::array kEquipment{Field{"key", Text, F::Key}, Field{"description", Value, F::Description},
                                Field{"conditions", NestedList, F::Condition}, Field{"files", Files, F::File},
                                Field{"citations", NestedList, F::Citation}};
constexpr std::array kCitation{Field{"reference", Link, F::Reference}, Field{"type", Value, F::Type},
                               Field{"notes", KeptText, kNone}};
constexpr std::array kSoftwareConfiguration{
    Field{"software", Link, F::Software}, Field{"algorithms", NestedList, F::Algorithm},
    Field{"notes", Value, F::Notes}, Field{"citations", NestedList, F::Citation}};
constexpr std::array kAlgorithm{Field{"key", Text, F::Key}, Field{"type", Text, F::Type},
                                Field{"parameters", NestedList, F::Parameter},
                                Field{"citations", NestedList, F::Citation}};
constexpr std::array kParameter{Field{"key", Text, F::Key}, Field{"value", Number, F::Value},
                                Field{"unit", Value, F::Unit}};
constexpr std::array kForcefield{Field{"key", Text, F::Key},
                                 Field{"building_block", Text, F::BuildingBlock},
                                 Field{"coarse_grained_mapping", Value, F::CoarseGrainedMapping},
                                 Field{"implicit_solvent", Value, F::ImplicitSolvent},
                                 Field{"source", Value, F::Source},
                                 Field{"description", Value, F::Description},
                                 Field{"data", FirstLink, F::Data},
                                 Field{"citations", NestedList, F::Citation}};

constexpr std::array kInProject{ChildList{"collections", "collections", NodeType::Collection},
                                ChildList{"materials", "materials", NodeType::Material},
                                ChildList{"files", "files", NodeType::File}};
constexpr std::array kInCollection{ChildList{"experiments", "experiments", NodeType::Experiment},
                                   ChildList{"inventories", "inventories", NodeType::Inventory}};
constexpr std::array kInExperiment{
    ChildList{"processes", "processes", NodeType::Process},
    ChildList{"computations", "computations", NodeType::Computation},
    ChildList{"computational_processes", "computational-processes", NodeType::ComputationProcess},
    ChildList{"data", "data", NodeType::Data}};

constexpr std::size_t kRecordTypes = 13;
constexpr std::array kTypes{
    Type{NodeType::Project, "project", "Project", "", kProject, kInProject},
    Type{NodeType::Collection, "collection", "Collection", "project", kCollection, kInCollection},
    Type{NodeType::Experiment, "experiment", "Experiment", "collection", kExperiment, kInExperiment},
    Type{NodeType::Inventory, "inventory", "Inventory", "collection", kInventory},
    Type{NodeType::Material, "material", "Material", "project", kMaterial},
    Type{NodeType::Process, "process", "Process", "experiment", kProcess},
    Type{NodeType::Data, "data", "Data", "experiment", kData},
    Type{NodeType::Computation, "computation", "Computation", "experiment", kComputation},
    Type{NodeType::ComputationProcess, "computational-process", "ComputationalProcess", "experiment",
         kComputationalProcess},
    Type{NodeType::File, "file", "File", "project", kFile},
    Type{NodeType::Reference, "reference", "Reference", "", kReference},
    Type{NodeType::Software, "software", "Software", "", kSoftware},
    Type{NodeType::User, "user", "User", "", kUser},
    Type{NodeType::Property, "", "Property", "", kProperty},
    Type{NodeType::Condition, "", "Condition", "", kCondition},
    Type{NodeType::Ingredient, "", "Ingredient", "", kIngredient},
    Type{NodeType::Quantity, "", "Quantity", "", kQuantity},
    Type{NodeType::Equipment, "", "Equipment", "", kEquipment},
    Type{NodeType::Citation, "", "Citation", "", kCitation},
    Type{NodeType::SoftwareConfiguration, "", "SoftwareConfiguration", "", kSoftwareConfiguration},
    Type{NodeType::Algorithm, "", "Algorithm", "", kAlgorithm},
    Type{NodeType::Parameter, "", "Parameter", "", kParameter},
    Type{NodeType::ComputationalForcefield, "", "ComputationalForcefield", "", kForcefield}};
static_assert(kTypes.size() == model::kNodeTypeCount);

// In the order in which they are shown where nobody gave another one.
constexpr std::array kIdentifierFields{
    F::Names, F::ChemicalId, F::Bigsmiles, F::Smiles,     F::ChemFormula, F::ChemRepeat, F::MolForm,
    F::Inchi, F::InchiKey,   F::AminoAcid, F::PubchemCid, F::Vendor,      F::LotNumber};

}  // namespace

const Type& type_of(NodeType type) {
    const auto found = std::ranges::find(kTypes, type, &Type::type);
    if (found == kTypes.end()) throw std::logic_error("a node type without fields in the older dialect");
    return *found;
}

const Type* type_with_slug(std::string_view slug) {
    const auto found = std::ranges::find(record_types(), slug, &Type::slug);
    return found == record_types().end() ? nullptr : &*found;
}

std::span<const Type> record_types() {
    return std::span(kTypes).first(kRecordTypes);
}

bool is_kept(Shape shape) {
    return shape == KeptText || shape == KeptInteger || shape == KeptLink || shape == KeptLinks;
}

std::optional<model::FieldName> identifier_field(std::string_view key) {
    if (key == "cas") return F::ChemicalId;
    const auto field = model::field_named(key);
    if (!field || std::ranges::find(kIdentifierFields, *field) == kIdentifierFields.end())
        return std::nullopt;
    return field;
}

std::string_view identifier_key(model::FieldName field) {
    return field == F::ChemicalId ? "cas" : model::text(field);
}

std::span<const model::FieldName> identifier_fields() {
    return kIdentifierFields;
}

}  // namespace cript::api::legacy
