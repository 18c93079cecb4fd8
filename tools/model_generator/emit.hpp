#pragma once

#include <string>

#include "model.hpp"

/// One function an output, from the model to the text of a file.
namespace model_generator {

[[nodiscard]] std::string emit_tables_header(const Model& model);    ///< enums that name the model's words
[[nodiscard]] std::string emit_node_tables(const Model& model);      ///< node types and fields, C++
[[nodiscard]] std::string emit_term_tables(const Model& model);      ///< vocabularies, C++
[[nodiscard]] std::string emit_unit_tables(const Model& model);      ///< units of measure, C++
[[nodiscard]] std::string emit_schema(const Model& model);           ///< JSON Schema, draft-07
[[nodiscard]] std::string emit_embedded_schema(const Model& model);  ///< the same, as C++
[[nodiscard]] std::string emit_client_nodes_header(const Model& model);   ///< libcript's typed nodes
[[nodiscard]] std::string emit_client_nodes(const Model& model);          ///< and what stands behind them
[[nodiscard]] std::string emit_client_terms(const Model& model);          ///< libcript's names of terms
[[nodiscard]] std::string emit_typescript(const Model& model);            ///< types of the web UI
[[nodiscard]] std::string emit_model_reference(const Model& model);       ///< docs/reference/model.md
[[nodiscard]] std::string emit_vocabulary_reference(const Model& model);  ///< docs/reference/vocabularies.md

/// A C++ string literal of any text.
[[nodiscard]] std::string literal(const std::string& text);
/// Such literals with commas between them.
[[nodiscard]] std::string literals(const std::vector<std::string>& texts);

}  // namespace model_generator
