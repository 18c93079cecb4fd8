#include <fmt/format.h>

#include "store/sqlite/migrations.hpp"
#include "store/sqlite/tables.hpp"

namespace cript::store::sqlite {

namespace {

std::string parameter(std::size_t at) {
    return fmt::format("?{}", at);
}

[[noreturn]] void refuse(base::ErrorKind kind, std::string message) {
    throw Failure{{kind, std::move(message), {}}, SQLITE_CONSTRAINT};
}

/// Ends a transaction that was not committed.
class Change {
  public:
    explicit Change(Connection& connection) : connection_(connection) {
        connection_.execute("begin immediate");
    }
    ~Change() {
        try {
            if (connection_.in_transaction()) connection_.execute("rollback");
        } catch (const Failure&) {  // the connection's end ends it too
        }
    }
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;
    void commit() { connection_.execute("commit"); }

  private:
    Connection& connection_;
};

class Copy final : public UnfinishedCopy {
  public:
    explicit Copy(const std::filesystem::path& file)
        : file_(file), connection_(file, Connection::Mode::ReadWrite) {
        if (is_unfinished_copy(connection_)) names_ = read_number_names(connection_);
    }

    base::Result<std::optional<std::string>> note() override {
        return guarded([&]() -> std::optional<std::string> {
            if (!is_unfinished_copy(connection_)) return std::nullopt;
            auto query = connection_.query("select note from unfinished_copy");
            return query.step() ? std::string(query.text(0)) : std::string();
        });
    }

    base::Result<void> begin(const std::string& note) override {
        return guarded([&] {
            if (schema_version(connection_) == 0) refuse_strange_tables();
            migrate(connection_);
            Change change(connection_);
            for (const auto& table : instance_tables()) {
                const auto* sql = statements_.keep(fmt::format("select 1 from {} limit 1", table.name));
                if (connection_.query(sql).step())
                    refuse(base::ErrorKind::Conflict,
                           fmt::format("{} is not empty: there are rows in {}", name(), table.name));
            }
            connection_.execute("create table unfinished_copy (note text not null) strict");
            connection_.query("insert into unfinished_copy (note) values (:note)").bind(note).run();
            change.commit();
            names_ = read_number_names(connection_);
        });
    }

    base::Result<void> append(const Table& table, const std::vector<Cells>& rows,
                              const std::string& note) override {
        return guarded([&] {
            Change change(connection_);
            insert(table, rows);
            connection_.query("update unfinished_copy set note = :note").bind(note).run();
            change.commit();
        });
    }

    base::Result<void> set_last_id(const Table& table, std::int64_t id) override {
        return guarded([&] {
            if (table.ids != Ids::GivenOnce) return;  // the next one is above the highest
            const std::string_view name = table.name;
            connection_.query("update sqlite_sequence set seq = :id where name = :name").bind(id, name).run();
            if (connection_.changes() > 0 || id == 0) return;
            connection_.query("insert into sqlite_sequence (name, seq) values (:name, :id)")
                .bind(name, id)
                .run();
        });
    }

    base::Result<void> discard() override {
        return guarded([&] {
            if (!is_unfinished_copy(connection_))
                refuse(base::ErrorKind::Conflict, name() + " is not an unfinished copy");
            Change change(connection_);
            // Of an index without text of its own, which is told to forget it all at once.
            connection_.execute("insert into node_name (node_name) values ('delete-all')");
            for (const auto& table : instance_tables())
                connection_.execute(fmt::format("delete from {}", table.name).c_str());
            connection_.execute("delete from sqlite_sequence");
            connection_.execute("drop table unfinished_copy");
            change.commit();
        });
    }

    base::Result<void> finish() override {
        return guarded([&] { connection_.execute("drop table unfinished_copy"); });
    }

    base::Result<std::unique_ptr<TableReader>> read() override {
        return guarded([&]() -> std::unique_ptr<TableReader> { return std::make_unique<Tables>(file_); });
    }

    [[nodiscard]] std::string name() const override { return "sqlite:" + file_.string(); }

  private:
    void refuse_strange_tables() {
        auto query = connection_.query("select name from sqlite_schema limit 1");
        if (query.step())
            refuse(base::ErrorKind::Conflict,
                   fmt::format("{} is the database of something else: it has {}", name(), query.text(0)));
    }

    void insert(const Table& table, const std::vector<Cells>& rows) {
        const auto* sql = statements_.keep(fmt::format("insert into {} ({}) values ({})", table.name,
                                                       column_list(table.columns),
                                                       parameter_list(table.columns.size(), parameter)));
        auto query = connection_.query(sql);
        const bool has_names = std::string_view(table.name) == "node";
        const auto name_at = has_names ? column_of(table, "name") : 0;
        auto insert_name = connection_.query("insert into node_name (rowid, name) values (:id, :name)");
        for (const auto& row : rows) {
            for (std::size_t at = 0; at < row.size(); ++at) bind(query, row[at], table.columns[at]);
            query.run();
            if (!has_names) continue;
            const auto& name = std::get<std::string>(row[name_at]);
            if (!name.empty()) insert_name.bind(std::get<std::int64_t>(row[0]), name).run();
        }
    }

    void bind(Query& query, const Cell& cell, const Column& column) {
        if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            query.bind(*number);
            return;
        }
        const auto* text = std::get_if<std::string>(&cell);
        if (text == nullptr) {
            query.bind(nullptr);
            return;
        }
        switch (column.kind) {
            case CellKind::Bytes:
            case CellKind::Uuid:
                query.bind(base::as_bytes(*text));
                return;
            case CellKind::TypeName:
            case CellKind::FieldName: {
                const auto number = names_.number(column.kind, *text);
                if (!number)
                    refuse(base::ErrorKind::InvalidInput,
                           fmt::format("this program's model has no '{}'", *text));
                query.bind(*number);
                return;
            }
            default:
                query.bind(*text);
        }
    }

    std::filesystem::path file_;
    Connection connection_;
    NumberNames names_;
    StatementTexts statements_;
};

}  // namespace

}  // namespace cript::store::sqlite

namespace cript::store {

base::Result<std::unique_ptr<UnfinishedCopy>> open_sqlite_copy(const std::filesystem::path& file) {
    CRIPT_CHECK(sqlite::make_file(file));
    return sqlite::guarded(
        [&]() -> std::unique_ptr<UnfinishedCopy> { return std::make_unique<sqlite::Copy>(file); });
}

}  // namespace cript::store
