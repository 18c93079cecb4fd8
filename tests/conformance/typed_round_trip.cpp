// typed_round_trip UUID: reads a project into typed nodes, and saves them again as they are. Prints one
// object: how many nodes that would create, change and leave, as a dry run tells it, and the document that
// the typed nodes make.
#include <cript/cript.hpp>
#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    auto api = cript::Api::from_environment();
    if (!api) {
        std::cerr << api.error() << '\n';
        return 1;
    }
    const auto project = api->get<cript::Project>(argv[1]);
    if (!project) {
        std::cerr << project.error() << '\n';
        return 1;
    }
    const auto difference = api->dry_run(*project);
    if (!difference) {
        std::cerr << difference.error() << '\n';
        return 1;
    }
    cript::Json told = cript::Json::object();
    told.set("created", difference->created)
        .set("changed", difference->changed)
        .set("unchanged", difference->unchanged);
    std::cout << told.set("document", cript::to_json(*project)).dump() << '\n';
    const auto saved = api->save(*project);
    if (!saved) {
        std::cerr << saved.error() << '\n';
        return 1;
    }
    return saved->created ? 1 : 0;
}
