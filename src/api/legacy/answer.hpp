#pragma once

#include <string>

#include "account/policy.hpp"
#include "api/legacy/fields.hpp"
#include "service/records.hpp"

namespace cript::api::legacy {

/// Writes stored nodes in this dialect.
class RecordAnswer {
  public:
    RecordAnswer(std::string site, const service::RecordSet& set, const account::Caller& caller)
        : site_(std::move(site)), set_(set), caller_(caller) {}

    /// Appends a record: with its addresses, group and times.
    void append_record(std::string& out, store::NodeId id) const;
    /// Appends a sub-object.
    void append_sub_object(std::string& out, const store::NodeRow& row) const;

    /// Is a child shown in its parent? What cannot be is left out: a link to what stands nowhere, a
    /// sub-object without what the SDK must have, and what stands there in full but is not for the caller.
    [[nodiscard]] bool shows(const store::NodeRow& row, model::NodeType parent) const;
    /// The children of a field that are shown.
    [[nodiscard]] std::vector<const store::NodeRow*> shown_children(store::NodeId parent,
                                                                    model::FieldName field) const;
    /// The group of a record.
    [[nodiscard]] base::Uuid group_of(const store::NodeRow& row) const;
    /// What it belongs to, if it belongs to something.
    [[nodiscard]] const base::Uuid* parent_of(const store::NodeRow& row) const;

  private:
    class Members;
    [[nodiscard]] std::string url(const store::NodeRow& row) const;

    std::string site_;
    const service::RecordSet& set_;
    const account::Caller& caller_;
};

}  // namespace cript::api::legacy
