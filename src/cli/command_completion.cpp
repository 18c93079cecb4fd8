#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands.hpp"

namespace cript::cli {

namespace {

struct Word {
    std::string text;
    std::string meaning;
};

/// The long options that may stand behind a program or command: its own, and those of the program.
std::vector<Word> options_of(const CLI::App& app) {
    std::vector<Word> words;
    if (app.get_parent() != nullptr) {
        for (auto& word : options_of(*app.get_parent())) {
            if (word.text != "--help") words.push_back(std::move(word));
        }
    }
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames())
            words.push_back({"--" + name, option->get_description()});
    }
    return words;
}

std::vector<Word> commands_of(const CLI::App& app) {
    std::vector<Word> words;
    for (const auto* command : app.get_subcommands({}))
        words.push_back({command->get_name(), command->get_description()});
    return words;
}

/// Which files may follow: a pattern, or nothing if none do.
std::string files_of(const CLI::App& command) {
    const auto& name = command.get_name();
    if (name == "push" || name == "check") return "*.json";
    return name == "upload" ? "*" : "";
}

std::string joined(const std::vector<Word>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word.text;
    return text;
}

/// Text inside single quotes, for any of the three shells; descriptions hold no backslashes.
std::string quoted(const std::string& text, char colon) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "’";
        } else if (c == ':' && colon != ':') {
            out += "\\:";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

std::string bash_script(const CLI::App& program) {
    std::string cases;
    for (const auto* command : program.get_subcommands({})) {
        const auto files = files_of(*command);
        const auto words =
            command->get_name() == "completion" ? "bash zsh fish" : joined(options_of(*command));
        cases += fmt::format("        {}) words='{}'{} ;;\n", command->get_name(), words,
                             files.empty() ? "" : fmt::format("; files='{}'", files));
    }
    return fmt::format(R"(_cript() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} command= words= files= at
    for ((at = 1; at < COMP_CWORD; ++at)); do
        [[ ${{COMP_WORDS[at]}} == -* ]] || {{ command=${{COMP_WORDS[at]}}; break; }}
    done
    case $command in
{}        *) words='{} {}' ;;
    esac
    local IFS=$'\n'
    COMPREPLY=($(IFS=' ' compgen -W "$words" -- "$word"))
    if [[ -n $files ]]; then
        COMPREPLY+=($(compgen -f -X "!$files" -- "$word") $(compgen -d -- "$word"))
    fi
}}
complete -o filenames -F _cript cript
)",
                       cases, joined(commands_of(program)), joined(options_of(program)));
}

std::string zsh_script(const CLI::App& program) {
    std::string commands;
    for (const auto& word : commands_of(program)) {
        commands += fmt::format("        '{}:{}'\n", word.text, quoted(word.meaning, '\\'));
    }
    std::string cases;
    for (const auto* command : program.get_subcommands({})) {
        std::string options;
        for (const auto& word : options_of(*command)) {
            options += fmt::format("            '{}:{}'\n", word.text, quoted(word.meaning, '\\'));
        }
        const auto name = command->get_name();
        const auto files = files_of(*command);
        const auto rest = !files.empty()         ? fmt::format("_files -g '{}'", files)
                          : name == "completion" ? std::string("compadd bash zsh fish")
                                                 : std::string(":");
        cases += fmt::format(
            "    {})\n        words_of_command=(\n{}        )\n        _describe option words_of_command\n"
            "        {}\n        ;;\n",
            name, options, rest);
    }
    return fmt::format(R"(#compdef cript
_cript() {{
    local -a commands words_of_command
    if ((CURRENT == 2)); then
        commands=(
{}        )
        _describe command commands
        return
    fi
    case $words[2] in
{}    esac
}}
if [[ ${{funcstack[1]}} == _cript ]]; then _cript "$@"; else compdef _cript cript; fi
)",
                       commands, cases);
}

std::string fish_script(const CLI::App& program) {
    std::string lines = "complete -c cript -f\n";
    for (const auto& word : commands_of(program)) {
        lines += fmt::format("complete -c cript -n __fish_use_subcommand -a {} -d '{}'\n", word.text,
                             quoted(word.meaning, ':'));
    }
    for (const auto& word : options_of(program)) {
        lines +=
            fmt::format("complete -c cript -l {} -d '{}'\n", word.text.substr(2), quoted(word.meaning, ':'));
    }
    for (const auto* command : program.get_subcommands({})) {
        const auto name = command->get_name();
        const auto condition = fmt::format("-n '__fish_seen_subcommand_from {}'", name);
        for (const auto& word : options_of(*command)) {
            lines += fmt::format("complete -c cript {} -l {} -d '{}'\n", condition, word.text.substr(2),
                                 quoted(word.meaning, ':'));
        }
        if (!files_of(*command).empty()) lines += fmt::format("complete -c cript {} -F\n", condition);
        if (name == "completion")
            lines += fmt::format("complete -c cript {} -a 'bash zsh fish'\n", condition);
    }
    return lines;
}

}  // namespace

ExitCode completion(Session& session, const CLI::App& program, const std::string& shell) {
    auto& out = session.around().out;
    if (shell == "bash") out << bash_script(program);
    if (shell == "zsh") out << zsh_script(program);
    if (shell == "fish") out << fish_script(program);
    return ExitCode::Ok;
}

}  // namespace cript::cli
