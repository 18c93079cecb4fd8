#include "store/postgres/client_program.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

namespace cript::store::postgres {

namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

Options read_url(const std::string& url) {
    return Options(PQconninfoParse(url.c_str(), nullptr));
}

std::vector<std::string> environment_for(const std::string& url) {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
    const auto options = read_url(url);
    for (const auto* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
        if (option->val == nullptr || option->envvar == nullptr) continue;
        const auto name = std::string(option->envvar) + "=";
        std::erase_if(variables, [&](const std::string& variable) { return variable.starts_with(name); });
        variables.push_back(name + option->val);
    }
    return variables;
}

/// As C wants a list of texts.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

base::Result<void> run_client_program(const std::string& program, std::vector<std::string> arguments,
                                      const std::string& url) {
    arguments.insert(arguments.begin(), program);
    auto variables = environment_for(url);
    const auto argument_pointers = pointers_to(arguments);
    const auto variable_pointers = pointers_to(variables);
    pid_t process = 0;
    const int failed = ::posix_spawnp(&process, program.c_str(), nullptr, nullptr, argument_pointers.data(),
                                      variable_pointers.data());
    if (failed != 0) {
        return base::fail(base::ErrorKind::Unavailable,
                          fmt::format("cannot run {}: {} (Debian has it in postgresql-client)", program,
                                      std::strerror(failed)));
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    return base::fail(base::ErrorKind::Unavailable, program + " failed; its own words stand above");
}

std::string database_of(const std::string& url) {
    const auto options = read_url(url);
    for (const auto* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
        if (std::string_view(option->keyword) == "dbname" && option->val != nullptr) return option->val;
    }
    return {};
}

}  // namespace cript::store::postgres
