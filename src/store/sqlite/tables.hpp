#pragma once

#include "store/number_names.hpp"
#include "store/sqlite/connection.hpp"
#include "store/table_rows.hpp"
#include "store/table_statements.hpp"

namespace cript::store::sqlite {

/// All rows on one connection, in one read transaction that lasts as long as this.
class Tables final : public TableReader {
  public:
    /// Throws Failure: Conflict if the schema is not this program's.
    explicit Tables(const std::filesystem::path& file);

    base::Result<std::vector<Cells>> rows_after(const Table& table, const Cells& key,
                                                unsigned limit) override;
    base::Result<std::int64_t> last_id(const Table& table) override;
    base::Result<std::vector<Damage>> own_damage() override;
    [[nodiscard]] std::string name() const override { return "sqlite:" + file_.string(); }

  private:
    void check_pages(std::vector<Damage>& found);
    void check_names(std::vector<Damage>& found);

    std::filesystem::path file_;
    Connection connection_;
    NumberNames names_;
    StatementTexts statements_;
};

/// The names behind the numbers of a database.
[[nodiscard]] NumberNames read_number_names(Connection& connection);

/// Is the database marked as an unfinished copy?
[[nodiscard]] bool is_unfinished_copy(Connection& connection);
/// Throws Failure (Conflict) if it is.
void refuse_unfinished_copy(Connection& connection);

}  // namespace cript::store::sqlite
