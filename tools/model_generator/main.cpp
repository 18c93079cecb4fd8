#include <fmt/format.h>

#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "emit.hpp"

namespace {

using namespace model_generator;
namespace fs = std::filesystem;

struct Output {
    const char* path;  ///< below the output folder
    std::string (*emit)(const Model&);
};

/// Everything that follows from the model. tools/CMakeLists.txt lists the same paths.
constexpr std::array kOutputs{
    Output{"model/tables.hpp", emit_tables_header},
    Output{"model/node_tables.cpp", emit_node_tables},
    Output{"model/term_tables.cpp", emit_term_tables},
    Output{"model/unit_tables.cpp", emit_unit_tables},
    Output{"model/schema.cpp", emit_embedded_schema},
    Output{"schema.json", emit_schema},
    Output{"cript/nodes.hpp", emit_client_nodes_header},
    Output{"cript/terms.hpp", emit_client_terms},
    Output{"client/nodes.cpp", emit_client_nodes},
    // Committed copies of these stand at the same paths in the source tree.
    Output{"web/src/generated/model.ts", emit_typescript},
    Output{"docs/reference/model.md", emit_model_reference},
    Output{"docs/reference/vocabularies.md", emit_vocabulary_reference},
};

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Leaves a file that is right already alone, so that nothing is compiled again for it.
void write(const fs::path& path, const std::string& text) {
    if (fs::exists(path) && content(path) == text) return;
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path.string());
}

void generate(const fs::path& model_folder, const fs::path& output_folder) {
    const auto model = read_model(model_folder);
    for (const auto& output : kOutputs) write(output_folder / output.path, output.emit(model));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: model_generator MODEL_FOLDER OUTPUT_FOLDER\n");
        return 2;
    }
    try {
        generate(argv[1], argv[2]);
    } catch (const std::exception& error) {
        fmt::print(stderr, "model_generator: {}\n", error.what());
        return 1;
    }
}
