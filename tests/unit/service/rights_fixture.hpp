#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph_installation.hpp"
#include "service/save_graph.hpp"

namespace cript::service {

using base::ErrorKind;
using model::NodeType;
using test::link;
using test::material;
using test::node;
using test::property;
using test::uuid;
using test::uuid_text;
using testing::ElementsAre;
using testing::IsEmpty;

/// A project with its creator, a member and a stranger.
class SavingWithRights : public test::GraphInstallation {
  protected:
    static std::vector<std::string> codes_of(const base::Result<SaveOutcome>& saved) {
        std::vector<std::string> codes;
        if (saved) return codes;
        for (const auto& problem : saved.error().problems) {
            codes.push_back(problem.code + " at " + problem.pointer);
        }
        return codes;
    }
    static std::vector<std::string> warnings_of(const SaveOutcome& outcome) {
        std::vector<std::string> codes;
        for (const auto& warning : outcome.warnings) codes.push_back(warning.code + " at " + warning.pointer);
        return codes;
    }
    static std::string person(const account::Caller& who) { return R"({"uuid":")" + who.uuid.text() + "\"}"; }
    static std::string people(const std::string& field, const std::vector<account::Caller>& who) {
        std::string list;
        for (const auto& one : who) list.append(list.empty() ? "" : ",").append(person(one));
        return "\"" + field + "\":[" + list + "]";
    }
    static std::string home(const std::string& more = "") { return node("Project", 1, "Home", more); }

    /// What somebody is to the project of that number.
    account::Role role(const account::Caller& who, unsigned project = 1) {
        const auto id = row(project)->id;
        auto found = account::Role::None;
        const auto done = store_->read([&](store::Reader& reader) -> base::Result<void> {
            auto access = reader.project_access(who.account, std::vector{id});
            CRIPT_CHECK(access);
            found = access->at(id).role;
            return {};
        });
        EXPECT_TRUE(done);
        return found;
    }
    void make_public(unsigned project, const account::Caller& who) {
        change(who, NodeType::Project, node("Project", project, "", R"("public":true)"));
    }
};

}  // namespace cript::service
