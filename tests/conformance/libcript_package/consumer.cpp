#include <cript/cript.hpp>
#include <iostream>

static_assert(__cplusplus == 201703L, "the public headers are for C++17");

// Nobody listens at this address: the program shows that everything links, up to libcurl and the JSON parser.
int main() {
    const cript::Material styrene{"styrene"};
    styrene->smiles = "C=Cc1ccccc1";
    styrene->property += {cript::terms::material_property_key::density, 0.906, "g/ml"};

    const auto json = cript::Json::parse(R"({"value": 1.0})");
    auto token = cript::Token::parse("Token 0123456789abcdef0123456789abcdef01234567");
    if (!json || !json->find("value")->is_float() || !token) return 1;

    cript::Options options;
    options.attempts = 1;
    auto api = cript::Api::connect("127.0.0.1:1", std::move(*token), options);
    if (!api) return 2;
    const auto saved = api->save(styrene);
    if (saved || saved.error().kind != cript::ErrorKind::Unreachable) return 3;
    if (const auto sent = api->upload("/nowhere/data.csv");
        sent || sent.error().kind != cript::ErrorKind::LocalFile)
        return 4;
    const auto fetched = api->download(styrene.uuid(), [](std::string_view) { return true; });
    if (fetched || fetched.error().kind != cript::ErrorKind::Unreachable) return 5;
    std::cout << saved.error() << '\n';
    return 0;
}
