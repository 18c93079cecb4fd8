#pragma once

#include "store/account_uuids.hpp"
#include "store/numbering.hpp"
#include "store/postgres/connection.hpp"
#include "store/store.hpp"

namespace cript::store::postgres {

/// All questions and changes, on one connection. Lives as long as one transaction.
/// The members stand in graph_reader.cpp, list_reader.cpp, history_reader.cpp, graph_writer.cpp,
/// account_reader.cpp, account_writer.cpp, file_reader.cpp, file_writer.cpp, groups.cpp, records.cpp,
/// record_lists.cpp, awaited.cpp and custom_words.cpp.
class Transaction final : public Writer {
  public:
    Transaction(Connection& connection, const Numbering& numbering, AccountUuids& uuids)
        : connection_(connection), numbering_(numbering), uuids_(uuids) {}

    // GraphReader
    base::Result<std::optional<PointRead>> read_point(const base::Uuid& uuid, AccountId caller) override;
    base::Result<std::vector<std::optional<NodeRow>>> find_nodes(std::span<const base::Uuid> uuids) override;
    base::Result<std::unordered_map<NodeId, ProjectAccess>> project_access(
        AccountId caller, std::span<const NodeId> projects) override;
    base::Result<std::vector<EdgeRow>> edges_of(std::span<const NodeId> parents) override;
    base::Result<std::vector<EdgeRow>> edges_to(std::span<const NodeId> children) override;
    base::Result<std::vector<NodeRow>> nodes_with_ids(std::span<const NodeId> ids) override;
    base::Result<std::vector<NodeRow>> nodes_after(NodeId after, unsigned limit) override;
    base::Result<Subgraph> subgraph(const NodeRow& root) override;
    base::Result<std::vector<NodeId>> contained_in(NodeId root) override;
    base::Result<std::vector<NodeId>> visible_children(NodeId parent, model::FieldName field,
                                                       AccountId caller, bool caller_is_admin) override;
    base::Result<std::vector<NodeRow>> list(const ListQuery& query) override;
    base::Result<std::uint64_t> count(const ListQuery& query) override;
    base::Result<std::vector<NodeRow>> find_named(const ListQuery& query, std::string_view name) override;
    base::Result<std::vector<IdentifiedNode>> identified(const ListQuery& query,
                                                         model::FieldName identifier) override;
    base::Result<std::vector<RevisionRow>> history(NodeId node, std::int64_t before, unsigned limit) override;
    base::Result<std::optional<NodeId>> page_position(const base::Uuid& uuid) override;
    base::Result<std::optional<NodeId>> project_named(std::string_view name) override;
    base::Result<std::optional<base::Uuid>> account_uuid(AccountId account) override;

    // GraphWriter
    base::Result<void> insert_nodes(std::span<NodeRow* const> rows) override;
    base::Result<void> update_nodes(std::span<const NodeUpdate> updates) override;
    base::Result<void> set_children(std::span<const ChildrenChange> changes) override;
    base::Result<void> set_identifiers(std::span<const IdentifiersChange> changes) override;
    base::Result<void> set_measured(std::span<const MeasuredChange> changes) override;
    base::Result<void> adopt(std::span<const NodeId> roots, NodeId project) override;
    base::Result<void> set_project_name(NodeId project, std::string_view name) override;
    base::Result<void> set_role(NodeId project, AccountId account, account::Role role) override;
    base::Result<void> delete_nodes(std::span<const NodeRow> rows, AccountId by, base::Timestamp at) override;

    // IndexReader
    base::Result<std::vector<UsedWord>> custom_words(AccountId caller, bool caller_is_admin,
                                                     std::string_view vocabulary, unsigned limit) override;
    base::Result<std::int64_t> index_version() override;

    // IndexWriter
    base::Result<void> set_custom_words(std::span<const CustomWordsChange> changes) override;
    base::Result<void> set_index_version(std::int64_t version) override;

    // GroupReader
    base::Result<std::optional<GroupRow>> find_group(const base::Uuid& uuid) override;
    base::Result<std::optional<GroupRow>> group_named(std::string_view name) override;
    base::Result<std::vector<GroupRow>> groups_for(AccountId account) override;
    base::Result<std::vector<AccountId>> members_of(GroupId group) override;
    base::Result<std::optional<GroupId>> group_of_project(NodeId project) override;
    base::Result<std::uint64_t> count_projects_of(GroupId group) override;

    // GroupWriter
    base::Result<void> insert_group(GroupRow& group) override;
    base::Result<void> update_group(const GroupRow& group) override;
    base::Result<void> set_members(GroupId group, std::span<const AccountId> accounts) override;
    base::Result<void> delete_group(GroupId group) override;
    base::Result<void> set_group_of_project(NodeId project, std::optional<GroupId> group) override;

    // RecordReader
    base::Result<std::unordered_map<NodeId, ProjectIdentity>> identify_projects(
        std::span<const NodeId> projects) override;
    base::Result<std::optional<NodeRow>> child_named(NodeId parent, model::FieldName field,
                                                     model::NodeType type, std::string_view name) override;
    base::Result<std::vector<NodeRow>> nodes_identified(model::NodeType type, model::FieldName identifier,
                                                        std::string_view value) override;
    base::Result<std::vector<NodeRow>> list_records(const RecordListQuery& query) override;
    base::Result<std::uint64_t> count_records(const RecordListQuery& query) override;
    base::Result<std::vector<NodeId>> measured_nodes(const MeasuredFilter& filter, unsigned limit) override;

    // RecordWriter
    base::Result<void> append_child(NodeId parent, model::FieldName field, NodeId child, AccountId by,
                                    base::Timestamp at) override;

    // AccountReader
    base::Result<std::uint64_t> count_accounts() override;
    base::Result<std::optional<AccountRow>> find_account(AccountId id) override;
    base::Result<std::optional<AccountRow>> find_account_named(std::string_view login) override;
    base::Result<std::vector<AccountRow>> list_accounts() override;
    base::Result<std::optional<TokenOwner>> find_token(const crypto::Digest& digest) override;
    base::Result<std::optional<TokenRow>> active_token(AccountId account) override;
    base::Result<std::optional<SessionRow>> find_session(const crypto::Digest& digest) override;
    base::Result<std::vector<SessionRow>> list_sessions(AccountId account) override;
    base::Result<std::vector<AuditRow>> list_audit(AccountId account, std::int64_t before,
                                                   unsigned limit) override;
    base::Result<std::vector<AuditRow>> audit_after(std::int64_t after, unsigned limit) override;
    base::Result<std::optional<AuditRow>> last_sealed_audit() override;
    base::Result<std::optional<crypto::Digest>> key_check_value(std::uint32_t version) override;

    // AccountWriter
    base::Result<void> insert_account(AccountRow& account) override;
    base::Result<void> set_password_hash(AccountId account, std::string_view hash) override;
    base::Result<void> set_disabled(AccountId account, bool is_disabled) override;
    base::Result<void> insert_token(TokenRow& token) override;
    base::Result<void> set_sealed(std::int64_t token, base::ByteView sealed) override;
    base::Result<void> revoke_token(AccountId account, base::Timestamp at) override;
    base::Result<bool> record_use(std::int64_t token, base::Timestamp at, std::string_view address,
                                  std::string_view client) override;
    base::Result<void> insert_session(SessionRow& session) override;
    base::Result<void> touch_session(std::int64_t session, base::Timestamp at) override;
    base::Result<void> set_reauthenticated(std::int64_t session, std::optional<base::Timestamp> at,
                                           const std::optional<crypto::Digest>& nonce) override;
    base::Result<bool> delete_session(AccountId account, std::int64_t session) override;
    base::Result<void> delete_sessions(AccountId account, std::int64_t kept) override;
    base::Result<void> delete_sessions_before(base::Timestamp created, base::Timestamp last_seen) override;
    base::Result<void> set_setup_link(const crypto::Digest& digest, base::Timestamp expires) override;
    base::Result<bool> use_setup_link(const crypto::Digest& digest, base::Timestamp now) override;
    base::Result<void> append_audit(base::Timestamp at, const account::AuditEvent& event) override;
    base::Result<void> set_audit_seal(std::int64_t event, const crypto::Digest& seal,
                                      std::uint32_t key_version) override;
    base::Result<void> set_key_check_value(std::uint32_t version, const crypto::Digest& value) override;

    // FileReader
    base::Result<std::optional<StoredFileRow>> find_file(std::string_view bucket,
                                                         std::string_view key) override;
    base::Result<std::vector<StoredFileRow>> files_with_key(std::string_view key) override;
    base::Result<std::optional<StoredFileRow>> file_of_node(NodeId node) override;
    base::Result<std::vector<NodeId>> nodes_with_file(std::int64_t file, unsigned limit) override;
    base::Result<std::optional<UploadRow>> find_upload(const base::Uuid& uuid) override;
    base::Result<std::vector<UploadPartRow>> parts_of(std::int64_t upload) override;
    base::Result<std::optional<crypto::Digest>> blob_place() override;
    base::Result<StorageUse> storage_use(AccountId account) override;
    base::Result<bool> has_blob(const crypto::Digest& digest) override;
    base::Result<std::optional<TokenOwner>> find_token_of_id(std::int64_t token) override;

    // FileWriter
    base::Result<bool> claim_blob(const crypto::Digest& digest, std::uint64_t size,
                                  base::Timestamp now) override;
    base::Result<void> insert_file(StoredFileRow& file) override;
    base::Result<void> set_file_source(NodeId node, std::string_view key, std::optional<std::int64_t> file,
                                       base::Timestamp now) override;
    base::Result<void> drop_file_sources(std::span<const NodeId> nodes, base::Timestamp now) override;
    base::Result<void> insert_upload(UploadRow& upload) override;
    base::Result<void> put_part(const UploadRow& upload, const UploadPartRow& part,
                                base::Timestamp now) override;
    base::Result<bool> complete_upload(const UploadRow& upload, const crypto::Digest& content,
                                       base::Timestamp now) override;
    base::Result<bool> delete_upload(const UploadRow& upload, base::Timestamp now) override;
    base::Result<void> mark_blob_place(const crypto::Digest& mark) override;
    base::Result<void> forget_blob_place() override;
    base::Result<std::vector<UploadRow>> uploads_before(base::Timestamp created, unsigned limit) override;
    base::Result<std::uint64_t> delete_unused_files(base::Timestamp unused_since, base::Timestamp now,
                                                    unsigned limit) override;
    base::Result<std::vector<crypto::Digest>> doom_unused_blobs(base::Timestamp unused_since,
                                                                base::Timestamp now, unsigned limit) override;
    base::Result<void> forget_blob(const crypto::Digest& digest) override;
    base::Result<void> set_quota(AccountId account, std::optional<std::uint64_t> bytes) override;

    // AwaitedReader, AwaitedWriter
    base::Result<Awaiting> awaiting(AccountId account, const base::Uuid& uuid,
                                    base::Timestamp since) override;
    base::Result<void> await_nodes(AccountId account, std::span<const base::Uuid> uuids, base::Timestamp now,
                                   base::Timestamp since) override;
    base::Result<void> node_arrived(AccountId account, const base::Uuid& uuid) override;

  private:
    /// Reads the kNodeColumns, the first of which is `first`.
    [[nodiscard]] NodeRow read_node(const Rows& rows, int first) const;
    [[nodiscard]] EdgeRow read_edge(const Rows& rows) const;
    [[nodiscard]] std::vector<NodeRow> read_nodes(Rows rows) const;
    std::vector<EdgeRow> edges_found_by(const char* sql, std::span<const NodeId> ids);
    void tell_account(AccountId account);
    void write_history(std::span<const NodeUpdate> updates);

    /// One use of a content more, or less.
    void use_blob(const crypto::Digest& digest);
    void release_parts(const UploadRow& upload, base::Timestamp now);
    void release_blob(const crypto::Digest& digest, base::Timestamp now);
    void add_to_storage(AccountId account, std::int64_t bytes);

    Connection& connection_;
    const Numbering& numbering_;
    AccountUuids& uuids_;
};

/// Reads `upload.*`.
[[nodiscard]] UploadRow read_upload(const Rows& rows);

}  // namespace cript::store::postgres
