#include "cli/program.hpp"

int main(int argc, char** argv) {
    auto surroundings = cript::cli::process_surroundings();
    return cript::cli::run(std::vector<std::string>(argv + 1, argv + argc), surroundings);
}
