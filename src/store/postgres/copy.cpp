#include <fmt/format.h>

#include <variant>

#include "store/letter_case.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/tables.hpp"
#include "store/storable_text.hpp"

namespace cript::store::postgres {

namespace {

std::string parameter(std::size_t at) {
    return fmt::format("${}", at);
}

[[noreturn]] void refuse(base::ErrorKind kind, std::string message) {
    throw Failure{{kind, std::move(message), {}}};
}

/// One column of many rows.
class ColumnValues {
  public:
    explicit ColumnValues(const Column& column) : column_(column) {
        switch (column.kind) {
            case CellKind::Flag:
                array_.emplace<Array<bool>>();
                break;
            case CellKind::Text:
                array_.emplace<Array<std::string>>();
                break;
            case CellKind::Bytes:
                array_.emplace<Array<base::Bytes>>();
                break;
            case CellKind::Uuid:
                array_.emplace<Array<base::Uuid>>();
                break;
            default:
                array_.emplace<Array<std::int64_t>>();
        }
    }

    void add(const Cell& cell, const NumberNames& names) {
        const auto* number = std::get_if<std::int64_t>(&cell);
        const auto* text = std::get_if<std::string>(&cell);
        if (number == nullptr && text == nullptr) {
            std::visit([](auto& array) { add_null(array); }, array_);
        } else if (auto* flags = std::get_if<Array<bool>>(&array_)) {
            flags->add(*number != 0);
        } else if (auto* texts = std::get_if<Array<std::string>>(&array_)) {
            texts->add(checked(*text));
        } else if (auto* bytes = std::get_if<Array<base::Bytes>>(&array_)) {
            bytes->add(base::Bytes(text->begin(), text->end()));
        } else if (auto* uuids = std::get_if<Array<base::Uuid>>(&array_)) {
            uuids->add(base::Uuid::from_bytes(base::as_bytes(*text)).value_or(base::Uuid{}));
        } else {
            std::get<Array<std::int64_t>>(array_).add(number != nullptr ? *number : number_of(*text, names));
        }
    }
    void hand_to(Parameters& parameters) {
        std::visit([&parameters](auto& array) { parameters.add(array); }, array_);
    }

  private:
    template <class Value>
    static void add_null(Array<Value>& array) {
        array.add(std::optional<Value>());
    }
    [[nodiscard]] const std::string& checked(const std::string& text) const {
        if (!can_be_stored(text)) {
            refuse(
                base::ErrorKind::InvalidInput,
                fmt::format(
                    "PostgreSQL cannot hold a text of the column '{}': it has U+0000 in it or is not UTF-8",
                    column_.name));
        }
        return text;
    }
    [[nodiscard]] std::int64_t number_of(const std::string& name, const NumberNames& names) const {
        const auto number = names.number(column_.kind, name);
        if (!number)
            refuse(base::ErrorKind::InvalidInput, fmt::format("this program's model has no '{}'", name));
        return *number;
    }

    const Column& column_;
    std::variant<Array<std::int64_t>, Array<bool>, Array<std::string>, Array<base::Bytes>, Array<base::Uuid>>
        array_;
};

/// What this kind of database keeps beside a name, so that it finds it.
struct Derived {
    Column column;
    std::string (*of)(const std::string& name);
};

std::string digest_text(const std::string& name) {
    const auto digest = crypto::sha256(base::as_bytes(name));
    return {digest.begin(), digest.end()};
}

std::optional<Derived> derived_of(const Table& table) {
    const std::string_view name = table.name;
    if (name == "node")
        return Derived{{"folded_name", CellKind::Text}, [](const std::string& text) { return folded(text); }};
    if (name == "project_name") return Derived{{"digest", CellKind::Bytes}, digest_text};
    return std::nullopt;
}

class Copy final : public UnfinishedCopy {
  public:
    explicit Copy(const Address& address) : address_(address), connection_(address) {
        name_ = database_name(connection_);
        if (is_unfinished_copy(connection_)) names_ = read_number_names(connection_);
    }

    base::Result<std::optional<std::string>> note() override {
        return guarded([&]() -> std::optional<std::string> {
            if (!is_unfinished_copy(connection_)) return std::nullopt;
            auto rows = connection_.query("select note from unfinished_copy");
            return rows.step() ? std::string(rows.text(0)) : std::string();
        });
    }

    base::Result<void> begin(const std::string& note) override {
        return guarded([&] {
            if (schema_version(connection_) == 0) refuse_strange_tables();
            migrate(connection_);
            for (const auto& table : instance_tables()) {
                auto rows =
                    connection_.query(statements_.keep(fmt::format("select 1 from {} limit 1", table.name)));
                if (rows.step())
                    refuse(base::ErrorKind::Conflict,
                           fmt::format("{} is not empty: there are rows in {}", name_, table.name));
            }
            in_transaction([&] {
                connection_.run("create table unfinished_copy (note text not null)");
                connection_.run("insert into unfinished_copy (note) values ($1)", Parameters(note));
            });
            names_ = read_number_names(connection_);
        });
    }

    base::Result<void> append(const Table& table, const std::vector<Cells>& rows,
                              const std::string& note) override {
        return guarded([&] {
            in_transaction([&] {
                insert(table, rows);
                connection_.run("update unfinished_copy set note = $1", Parameters(note));
            });
        });
    }

    base::Result<void> set_last_id(const Table& table, std::int64_t id) override {
        return guarded([&] {
            connection_.query("select setval($1::text::regclass, greatest($2, 1), $2 > 0)",
                              Parameters(fmt::format("{}_id_seq", table.name), id));
        });
    }

    base::Result<void> discard() override {
        return guarded([&] {
            if (!is_unfinished_copy(connection_))
                refuse(base::ErrorKind::Conflict, name_ + " is not an unfinished copy");
            std::string tables = "unfinished_copy";
            for (const auto& table : instance_tables()) tables.append(", ").append(table.name);
            connection_.script("begin; truncate " + tables +
                               " restart identity; drop table unfinished_copy; commit");
        });
    }

    base::Result<void> finish() override {
        return guarded([&] {
            connection_.script("analyze");  // the planner knows nothing of what came in yet
            connection_.script("drop table unfinished_copy");
        });
    }

    base::Result<std::unique_ptr<TableReader>> read() override {
        return guarded([&]() -> std::unique_ptr<TableReader> { return std::make_unique<Tables>(address_); });
    }

    [[nodiscard]] std::string name() const override { return name_; }

  private:
    template <class Work>
    void in_transaction(Work work) {
        connection_.begin(Turn::Shared);
        try {
            work();
            connection_.commit();
        } catch (...) {
            connection_.end();
            throw;
        }
    }

    void refuse_strange_tables() {
        auto rows = connection_.query(
            "select tablename::text from pg_tables where schemaname = current_schema() limit 1");
        if (rows.step())
            refuse(base::ErrorKind::Conflict,
                   fmt::format("{} is the database of something else: it has {}", name_, rows.text(0)));
    }

    void insert(const Table& table, const std::vector<Cells>& rows) {
        std::vector<ColumnValues> values(table.columns.begin(), table.columns.end());
        for (const auto& row : rows) {
            for (std::size_t at = 0; at < row.size(); ++at) values[at].add(row[at], names_);
        }
        auto columns = column_list(table.columns);
        const auto derived = derived_of(table);
        if (derived) {
            auto& more = values.emplace_back(derived->column);
            const auto name_at = column_of(table, "name");
            for (const auto& row : rows) more.add(derived->of(std::get<std::string>(row[name_at])), names_);
            columns.append(", ").append(derived->column.name);
        }
        Parameters parameters;
        for (auto& column : values) column.hand_to(parameters);
        connection_.run(
            statements_.keep(fmt::format("insert into {} ({}) select * from unnest({})", table.name, columns,
                                         parameter_list(values.size(), parameter))),
            parameters);
    }

    Address address_;
    Connection connection_;
    std::string name_;
    NumberNames names_;
    StatementTexts statements_;
};

/// Of a tool beside the servers, whose statements may take long.
base::Result<Address> address_for_a_tool(const std::string& url, const ServerLimits& limits) {
    const auto patience = std::max<std::chrono::milliseconds>(limits.answer_within, std::chrono::minutes(10));
    auto address = address_of(url, limits.connect_within, patience);
    if (address) address->program = "criptd tool";
    return address;
}

}  // namespace

}  // namespace cript::store::postgres

namespace cript::store {

base::Result<std::unique_ptr<TableReader>> open_postgres_tables(const std::string& url,
                                                                const ServerLimits& limits) {
    const auto address = postgres::address_for_a_tool(url, limits);
    CRIPT_CHECK(address);
    return postgres::guarded([&]() -> std::unique_ptr<TableReader> {
        postgres::Connection probe(*address);
        postgres::refuse_unfinished_copy(probe);
        return std::make_unique<postgres::Tables>(*address);
    });
}

base::Result<std::unique_ptr<UnfinishedCopy>> open_postgres_copy(const std::string& url,
                                                                 const ServerLimits& limits) {
    const auto address = postgres::address_for_a_tool(url, limits);
    CRIPT_CHECK(address);
    return postgres::guarded(
        [&]() -> std::unique_ptr<UnfinishedCopy> { return std::make_unique<postgres::Copy>(*address); });
}

base::Result<std::uint64_t> count_servers(const std::string& url, const ServerLimits& limits) {
    const auto address = postgres::address_for_a_tool(url, limits);
    CRIPT_CHECK(address);
    return postgres::guarded([&]() -> std::uint64_t {
        postgres::Connection connection(*address);
        auto rows = connection.query(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> "
            "pg_backend_pid()"
            " and application_name = 'criptd'");
        return rows.step() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
    });
}

}  // namespace cript::store
